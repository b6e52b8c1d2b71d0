/** What both comparisons share: two pictures and where one ends. */
export interface Pair {
	/** Address of the picture as the site shows it. */
	original: string;
	/** Address of a preview of the file sold. */
	enlarged: string;
}

/** Left is the original in every language, so these boxes are never mirrored. */
export const START = 50;
