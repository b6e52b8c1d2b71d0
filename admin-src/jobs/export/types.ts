import type { JobsQuery } from '../../api/jobs';

/** Which jobs are exported. */
export type ExportScope =
	| { kind: 'ids'; ids: string[] }
	| {
			kind: 'filter';
			query: JobsQuery;
			total: number;
			/** There are at least `total`. */
			isFloor?: boolean;
	  };

export interface ExportDialogProps {
	scope: ExportScope;
	onClose: () => void;
}
