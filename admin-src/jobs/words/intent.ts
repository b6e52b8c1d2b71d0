/** The colours a badge can have. */
export type Intent = 'high' | 'medium' | 'low' | 'stable' | 'informational' | 'draft' | 'none';
