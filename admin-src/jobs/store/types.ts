import type { Job, JobDetail, JobStats } from '../../api/contracts.generated';
import type { JobsPage } from '../../api/jobs';
import type { RestFailure } from '../../api/rest-failure';
import type * as constants from './constants';

/**
 * Never asked, on its way, arrived, arrived with nothing in it, refused. Whatever
 * arrived before is kept while loading and after a failure.
 */
export type LoadState = 'unresolved' | 'loading' | 'filled' | 'empty' | 'failed';

export interface PageEntry {
	state: LoadState;
	ids: string[];
	total: number;
	totalPages: number;
	isTotalFloor: boolean;
	error: RestFailure | null;
	/** When the rows arrived, browser clock; null: never. */
	at: number | null;
}

export interface DetailEntry {
	state: Exclude< LoadState, 'empty' >;
	job: JobDetail | null;
	etag: string | null;
	error: RestFailure | null;
}

export interface StatsEntry {
	state: Exclude< LoadState, 'empty' >;
	stats: JobStats | null;
	error: RestFailure | null;
}

export interface State {
	/** Rows by job_id, the newest version known. */
	jobs: Record< string, Job >;
	/** Pages by the key of their query. */
	pages: Record< string, PageEntry >;
	details: Record< string, DetailEntry >;
	stats: StatsEntry;
}

type C = typeof constants;

export type Action =
	| { type: C[ 'PAGE_STARTED' ]; key: string }
	| { type: C[ 'PAGE_RECEIVED' ]; key: string; page: JobsPage; at: number }
	| { type: C[ 'PAGE_FAILED' ]; key: string; error: RestFailure }
	| { type: C[ 'PAGE_DROPPED' ]; key: string }
	| { type: C[ 'JOBS_RECEIVED' ]; jobs: Job[] }
	| { type: C[ 'DETAIL_STARTED' ]; id: string }
	| {
			type: C[ 'DETAIL_RECEIVED' ];
			job: JobDetail;
			etag: string | null;
	  }
	| { type: C[ 'DETAIL_FAILED' ]; id: string; error: RestFailure }
	| { type: C[ 'STATS_STARTED' ] }
	| { type: C[ 'STATS_RECEIVED' ]; stats: JobStats }
	| { type: C[ 'STATS_FAILED' ]; error: RestFailure };
