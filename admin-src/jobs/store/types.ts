import type { Job, JobDetail, JobStats } from '../../api/contracts.generated';
import type { JobsFilter, JobsPage } from '../../api/jobs';
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
	/** What the counts are wanted for. */
	filter: JobsFilter;
	/** What `stats` counted; while others load, the last known stay. */
	counted: JobsFilter | null;
	error: RestFailure | null;
}

/** How the live poll goes. */
export interface LiveEntry {
	/** When the screen was last known to be true, browser clock; null: never. */
	at: number | null;
	/** How many rounds failed since. */
	failures: number;
	error: RestFailure | null;
	/** The rows of the last round, and the server's time then. */
	ids: string[];
	time: string | null;
}

export interface State {
	/** Rows by job_id, the newest version known. */
	jobs: Record< string, Job >;
	/** Pages by the key of their query. */
	pages: Record< string, PageEntry >;
	details: Record< string, DetailEntry >;
	stats: StatsEntry;
	live: LiveEntry;
	/** Jobs that an action of this user has set in motion: their version then. */
	watched: Record< string, number >;
}

type C = typeof constants;

export type Action =
	| { type: C[ 'PAGE_STARTED' ]; key: string }
	| { type: C[ 'PAGE_RECEIVED' ]; key: string; page: JobsPage; at: number }
	| { type: C[ 'PAGE_FAILED' ]; key: string; error: RestFailure }
	| { type: C[ 'PAGE_STOPPED' ]; key: string }
	| { type: C[ 'JOBS_RECEIVED' ]; jobs: Job[] }
	| { type: C[ 'DETAIL_STARTED' ]; id: string }
	| {
			type: C[ 'DETAIL_RECEIVED' ];
			job: JobDetail;
			etag: string | null;
	  }
	| { type: C[ 'DETAIL_FAILED' ]; id: string; error: RestFailure }
	| { type: C[ 'STATS_STARTED' ]; filter: JobsFilter }
	| { type: C[ 'STATS_RECEIVED' ]; stats: JobStats; filter: JobsFilter }
	| { type: C[ 'STATS_FAILED' ]; filter: JobsFilter; error: RestFailure }
	| { type: C[ 'POLL_RECEIVED' ]; ids: string[]; time: string; at: number }
	| { type: C[ 'POLL_FAILED' ]; error: RestFailure }
	| { type: C[ 'JOB_WATCHED' ]; id: string; version: number }
	| { type: C[ 'WATCH_ENDED' ] };
