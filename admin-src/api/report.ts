import { addQueryArgs } from '@wordpress/url';

import { request } from './request';
import type { JobStats } from './contracts.generated';
import type { JobsFilter } from './jobs';

/** One day, currency and mode. */
export type ReportRow = NonNullable< JobStats[ 'report' ] >[ number ];

export interface ReportAnswer {
	rows: ReportRow[];
	/** Upper bounds of the buckets of `waiting` but the last, in seconds. */
	bounds: number[];
	/** Whose days: IANA name, offset or `UTC`. */
	zone: string;
	/** When the server made it, ISO-8601. */
	at: string;
}

/**
 * The sums behind the report.
 *
 * @param filter As of the list.
 * @param signal To give the question up.
 * @throws A `RestFailure` when there is no answer to show.
 */
export async function fetchReport( filter: JobsFilter, signal: AbortSignal ): Promise< ReportAnswer > {
	const path = addQueryArgs( '/smi/v1/jobs/stats', { ...filter, report: 1 } );
	const { body } = await request< JobStats >( { path, signal } );
	return {
		rows: body.report ?? [],
		bounds: body.waiting_bounds ?? [],
		zone: body.report_zone ?? 'UTC',
		at: body.time,
	};
}
