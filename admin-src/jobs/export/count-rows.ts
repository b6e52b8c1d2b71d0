import type { ExportFormat } from '../../api/export';

const LINE_FEED = 0x0a;
const QUOTE = 0x22;

export interface RowCounter {
	/** Takes the next piece and says how many jobs were complete by then. */
	take: ( piece: Uint8Array ) => number;
	/** A whole file ends with a line break; one that was cut off does not. */
	isWhole: () => boolean;
}

/**
 * Counts jobs in a file as it comes. In CSV a line break between quotes belongs to
 * a cell, and the first line is the head.
 *
 * @param format Of the file.
 */
export function rowCounter( format: ExportFormat ): RowCounter {
	const heads = format === 'csv' ? 1 : 0;
	let lines = 0;
	let isQuoted = false;
	let last = 0;
	return {
		take: ( piece ) => {
			for ( const byte of piece ) {
				if ( byte === QUOTE && format === 'csv' ) {
					isQuoted = ! isQuoted;
				} else if ( byte === LINE_FEED && ! isQuoted ) {
					lines++;
				}
				last = byte;
			}
			return Math.max( 0, lines - heads );
		},
		isWhole: () => last === LINE_FEED && ! isQuoted,
	};
}
