import { rowCounter } from './count-rows';
import { isAbort } from '../../api/request';
import type { ExportFormat, ExportStream } from '../../api/export';

const TYPES: Record< ExportFormat, RegExp > = { csv: /csv|tab-separated/i, ndjson: /ndjson/i };

/** The file ended before it was whole. */
export class CutOff extends Error {
	constructor(
		/** Jobs that had arrived. */
		readonly rows: number,
		readonly total: number | null
	) {
		super( 'cut off' );
	}
}

/** The answer is something else: a log-in page, a message of a firewall. */
export class NoFile extends Error {}

export interface ReadFile {
	blob: Blob;
	rows: number;
}

/**
 * Reads a file to its end. What is not whole is no file: half a year of sales that
 * looks like all of it would be worse than none.
 *
 * @param  stream The answer.
 * @param  format Of the file.
 * @param  onRows Hears how many jobs have arrived.
 * @throws {CutOff|NoFile} When there is no whole file.
 */
export async function readFile(
	stream: ExportStream,
	format: ExportFormat,
	onRows: ( rows: number ) => void
): Promise< ReadFile > {
	if ( ! stream.body || ! TYPES[ format ].test( stream.contentType ) ) {
		throw new NoFile();
	}
	const counter = rowCounter( format );
	const parts: BlobPart[] = [];
	let rows = 0;
	try {
		const reader = stream.body.getReader();
		for ( let step = await reader.read(); ! step.done; step = await reader.read() ) {
			parts.push( step.value.slice() );
			rows = counter.take( step.value );
			onRows( rows );
		}
	} catch ( error ) {
		throw isAbort( error ) ? error : new CutOff( rows, stream.total );
	}
	if ( ! counter.isWhole() ) {
		throw new CutOff( rows, stream.total );
	}
	return { blob: new Blob( parts, { type: stream.contentType } ), rows };
}
