import * as c from './constants';
import { keyOf } from './query-key';
import { fetchJob, fetchStats, listJobs, listJobsById, type JobsPage, type JobsQuery } from '../../api/jobs';
import { isAbort } from '../../api/request';
import { RestFailure } from '../../api/rest-failure';
import type { Job, JobDetail, JobStats } from '../../api/contracts.generated';
import type { Action } from './types';

export const receivePage = ( key: string, page: JobsPage, at: number ): Action => ( {
	type: c.PAGE_RECEIVED,
	key,
	page,
	at,
} );

export const receiveJobs = ( jobs: Job[] ): Action => ( {
	type: c.JOBS_RECEIVED,
	jobs,
} );

export const receiveDetail = ( job: JobDetail, etag: string | null = null ): Action => ( {
	type: c.DETAIL_RECEIVED,
	job,
	etag,
} );

export const receiveStats = ( stats: JobStats ): Action => ( {
	type: c.STATS_RECEIVED,
	stats,
} );

interface ThunkArgs {
	dispatch: ( ( action: Action ) => unknown ) & {
		invalidateResolution: ( selector: string, args: unknown[] ) => unknown;
	};
}

type Thunk< T > = ( args: ThunkArgs ) => Promise< T >;

function toFailure( error: unknown ): RestFailure {
	if ( error instanceof RestFailure ) {
		return error;
	}
	throw error;
}

/** Only the newest question about the list counts; the older one is aborted. */
let listRequest: AbortController | null = null;

export const loadPage =
	( query: JobsQuery ): Thunk< void > =>
	async ( { dispatch } ) => {
		const key = keyOf( query );
		listRequest?.abort();
		const request = new AbortController();
		listRequest = request;
		dispatch( { type: c.PAGE_STARTED, key } );
		try {
			const page = await listJobs( query, request.signal );
			dispatch( receivePage( key, page, Date.now() ) );
		} catch ( error ) {
			if ( isAbort( error ) ) {
				dispatch( { type: c.PAGE_DROPPED, key } );
				dispatch.invalidateResolution( 'getPage', [ query ] );
				return;
			}
			dispatch( { type: c.PAGE_FAILED, key, error: toFailure( error ) } );
		}
	};

export const loadDetail =
	( id: string ): Thunk< void > =>
	async ( { dispatch } ) => {
		dispatch( { type: c.DETAIL_STARTED, id } );
		try {
			const { job, etag } = await fetchJob( id );
			dispatch( receiveDetail( job, etag ) );
		} catch ( error ) {
			dispatch( { type: c.DETAIL_FAILED, id, error: toFailure( error ) } );
		}
	};

export const loadStats =
	(): Thunk< void > =>
	async ( { dispatch } ) => {
		dispatch( { type: c.STATS_STARTED } );
		try {
			dispatch( receiveStats( await fetchStats() ) );
		} catch ( error ) {
			dispatch( { type: c.STATS_FAILED, error: toFailure( error ) } );
		}
	};

/**
 * One round of the live poll. Failures are left to the next round: the rows on
 * the screen are no less true for it.
 *
 * @param ids The visible jobs.
 */
export const pollJobs =
	( ids: string[] ): Thunk< void > =>
	async ( { dispatch } ) => {
		const [ rows, stats ] = await Promise.allSettled( [
			ids.length ? listJobsById( ids ) : Promise.resolve( [] ),
			fetchStats(),
		] );
		if ( rows.status === 'fulfilled' && rows.value.length ) {
			dispatch( receiveJobs( rows.value ) );
		}
		if ( stats.status === 'fulfilled' ) {
			dispatch( receiveStats( stats.value ) );
		}
	};
