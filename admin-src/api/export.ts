import { addQueryArgs } from '@wordpress/url';

import { requestAs } from './request';
import type { ExportQuery } from './contracts.generated';
import type { JobsFilter } from './jobs';

const EXPORT = '/smi/v1/jobs/export';

export type ExportColumn = NonNullable< ExportQuery[ 'columns' ] >[ number ];
export type ExportFormat = NonNullable< ExportQuery[ 'format' ] >;
export type ExportSeparator = NonNullable< ExportQuery[ 'separator' ] >;

/** What a file is to be like. */
export interface ExportChoice {
	/** In this order. */
	columns: ExportColumn[];
	/** Oldest or newest first. */
	order: 'asc' | 'desc';
	/** `Europe/Berlin` or `+02:00`. */
	timezone: string;
	format: ExportFormat;
	/** Between the cells of a CSV. */
	separator: ExportSeparator;
}

export type ExportJobs = { ids: string[] } | { filter: JobsFilter };

/** A file on its way. */
export interface ExportStream {
	/** Null where the answer has no body to read. */
	body: ReadableStream< Uint8Array > | null;
	/** Empty where a proxy ate it. */
	fileName: string;
	contentType: string;
	/** How many jobs there will be; null when the site did not count them all. */
	total: number | null;
}

/** In the site's own script where the header has it so (RFC 8187). */
function fileNameOf( disposition: string ): string {
	const whole = /filename\*=UTF-8''([\w%.~-]+)/.exec( disposition )?.[ 1 ];
	return whole ? decodeURIComponent( whole ) : ( /filename="([^"/\\]+)"/.exec( disposition )?.[ 1 ] ?? '' );
}

function streamOf( response: Response ): ExportStream {
	const { headers, body } = response;
	const isFloor = headers.get( 'X-SMI-Total-Relation' ) === 'gte';
	const total = headers.get( 'X-WP-Total' );
	return {
		body,
		fileName: fileNameOf( headers.get( 'Content-Disposition' ) ?? '' ),
		contentType: headers.get( 'Content-Type' ) ?? '',
		total: total === null || isFloor ? null : Number( total ),
	};
}

/** NDJSON has no separator. */
function paramsOf( { separator, ...choice }: ExportChoice ) {
	return choice.format === 'csv' ? { ...choice, separator } : choice;
}

/**
 * Begins an export. A selection may be too long for an address, so it is sent.
 *
 * @param jobs   Which jobs.
 * @param choice What the file is to be like.
 * @param signal To stop it, also while it is read.
 * @throws A `RestFailure` when there will be no file.
 */
export function openExport( jobs: ExportJobs, choice: ExportChoice, signal: AbortSignal ): Promise< ExportStream > {
	return 'ids' in jobs
		? requestAs(
				{ method: 'POST', path: EXPORT, data: { ...paramsOf( choice ), ids: jobs.ids }, signal },
				streamOf
			)
		: requestAs( { path: addQueryArgs( EXPORT, { ...jobs.filter, ...paramsOf( choice ) } ), signal }, streamOf );
}
