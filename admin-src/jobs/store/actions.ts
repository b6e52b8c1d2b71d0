import * as c from './constants';
import { keyOf } from './query-key';
import { firstAnswer } from '../../api/first-answers';
import {
	fetchJob,
	fetchStats,
	isJobId,
	jobPath,
	listJobs,
	listPath,
	statsPath,
	toFetchedJob,
	toPage,
	type JobsFilter,
	type JobsPage,
	type JobsQuery,
} from '../../api/jobs';
import { isAbort } from '../../api/request';
import { RestFailure } from '../../api/rest-failure';
import type { Job, JobDetail, JobStats } from '../../api/contracts.generated';
import type { Action, LiveEntry, StatsEntry } from './types';

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

const receiveStats = ( stats: JobStats, filter: JobsFilter ): Action => ( {
	type: c.STATS_RECEIVED,
	stats,
	filter,
} );

interface ThunkArgs {
	registry: object;
	dispatch: ( ( action: Action ) => unknown ) & {
		finishResolution: ( selector: string, args: unknown[] ) => unknown;
	};
	select: { getStats: () => StatsEntry; getLive: () => LiveEntry };
}

type Thunk< T > = ( args: ThunkArgs ) => Promise< T >;

function toFailure( error: unknown ): RestFailure {
	if ( error instanceof RestFailure ) {
		return error;
	}
	throw error;
}

/**
 * What came along with the page, so that the first rows are drawn at once and once. What did not come is asked for as usual.
 *
 * @param query The open list.
 * @param tabs  What its tabs count.
 * @param job   The open job.
 */
export const receiveFirst =
	( query: JobsQuery, tabs: JobsFilter, job: string | null ) =>
	( { dispatch }: Pick< ThunkArgs, 'dispatch' > ): void => {
		const list = firstAnswer< Job[] >( listPath( query ) );
		if ( list ) {
			dispatch( receivePage( keyOf( query ), toPage( list ), Date.now() ) );
		}
		const stats = firstAnswer< JobStats >( statsPath( tabs ) );
		if ( stats ) {
			dispatch( { type: c.STATS_STARTED, filter: tabs } );
			dispatch( receiveStats( stats.body, tabs ) );
		}
		const detail = job && firstAnswer< JobDetail >( jobPath( job ) );
		if ( job && detail ) {
			const { job: found, etag } = toFetchedJob( detail );
			dispatch( receiveDetail( found, etag ) );
			dispatch.finishResolution( 'getDetail', [ job ] );
		}
	};

interface ListRequest {
	key: string;
	controller: AbortController;
	done: Promise< void >;
}

/** What is being asked about the list, by registry: only the newest question counts. */
const listRequests = new WeakMap< object, ListRequest >();

function askForPage( query: JobsQuery, { dispatch, registry }: ThunkArgs ): Promise< void > {
	const key = keyOf( query );
	const controller = new AbortController();
	listRequests.get( registry )?.controller.abort();
	const done = ( async () => {
		try {
			const page = await listJobs( query, controller.signal );
			dispatch( receivePage( key, page, Date.now() ) );
		} catch ( error ) {
			if ( ! isAbort( error ) ) {
				dispatch( { type: c.PAGE_FAILED, key, error: toFailure( error ) } );
			} else if ( listRequests.get( registry )?.key !== key ) {
				dispatch( { type: c.PAGE_STOPPED, key } );
			}
		} finally {
			if ( listRequests.get( registry )?.controller === controller ) {
				listRequests.delete( registry );
			}
		}
	} )();
	listRequests.set( registry, { key, controller, done } );
	dispatch( { type: c.PAGE_STARTED, key } );
	return done;
}

/**
 * Loads a page of the list, in place of any other that is still being loaded. The same one is waited for.
 *
 * @param query Which page.
 */
export const loadPage =
	( query: JobsQuery ): Thunk< void > =>
	async ( args ) => {
		const running = listRequests.get( args.registry );
		return running?.key === keyOf( query ) ? running.done : askForPage( query, args );
	};

/**
 * The same after something changed: what was asked before that does not count.
 *
 * @param query Which page.
 */
export const reloadPage =
	( query: JobsQuery ): Thunk< void > =>
	async ( args ) =>
		askForPage( query, args );

export const loadDetail =
	( id: string ): Thunk< void > =>
	async ( { dispatch } ) => {
		if ( ! isJobId( id ) ) {
			const error = new RestFailure( { kind: 'not_found', code: 'smi_job_not_found', message: '' } );
			dispatch( { type: c.DETAIL_FAILED, id, error } );
			return;
		}
		dispatch( { type: c.DETAIL_STARTED, id } );
		try {
			const { job, etag } = await fetchJob( id );
			dispatch( receiveDetail( job, etag ) );
		} catch ( error ) {
			dispatch( { type: c.DETAIL_FAILED, id, error: toFailure( error ) } );
		}
	};

/**
 * Counts for the tabs.
 *
 * @param asked Which jobs to count; the same as last time when not given.
 */
export const loadStats =
	( asked?: JobsFilter ): Thunk< void > =>
	async ( { dispatch, select } ) => {
		const filter = asked ?? select.getStats().filter;
		dispatch( { type: c.STATS_STARTED, filter } );
		try {
			dispatch( receiveStats( await fetchStats( filter ), filter ) );
		} catch ( error ) {
			dispatch( { type: c.STATS_FAILED, filter, error: toFailure( error ) } );
		}
	};

/** Writes that were under way while the server answered are asked for again. */
const OVERLAP_MS = 30_000;

/** Since when rows may have changed unseen; undefined: some were never polled. */
function sinceOf( { ids, time }: LiveEntry, wanted: string[] ): string | undefined {
	return time && wanted.every( ( id ) => ids.includes( id ) )
		? new Date( Date.parse( time ) - OVERLAP_MS ).toISOString().replace( /\.\d+Z$/, 'Z' )
		: undefined;
}

/**
 * One round of the live poll, in one request: the counts, and those of the
 * visible rows that changed.
 *
 * @param ids The visible jobs, at most 100.
 */
export const pollJobs =
	( ids: string[] ): Thunk< void > =>
	async ( { dispatch, select } ) => {
		const { filter } = select.getStats();
		const since = sinceOf( select.getLive(), ids );
		const asked = ids.length ? { rows: ids, ...( since ? { rows_since: since } : {} ) } : {};
		try {
			const { rows, ...stats } = await fetchStats( { ...filter, ...asked } );
			if ( rows?.length ) {
				dispatch( receiveJobs( rows ) );
			}
			dispatch( receiveStats( stats, filter ) );
			dispatch( { type: c.POLL_RECEIVED, ids, time: stats.time, at: Date.now() } );
		} catch ( error ) {
			dispatch( { type: c.POLL_FAILED, error: toFailure( error ) } );
		}
	};

/**
 * After an action of this user: look more often until that job has arrived.
 *
 * @param job As the action left it.
 */
export const watchJob = ( job: Pick< Job, 'job_id' | 'version' > ): Action => ( {
	type: c.JOB_WATCHED,
	id: job.job_id,
	version: job.version,
} );

export const endWatch = (): Action => ( { type: c.WATCH_ENDED } );
