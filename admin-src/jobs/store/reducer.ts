import { combineReducers } from '@wordpress/data';

import * as c from './constants';
import type { Job } from '../../api/contracts.generated';
import type { JobsPage } from '../../api/jobs';
import { keyOf } from './query-key';
import type { Action, DetailEntry, LiveEntry, PageEntry, State, StatsEntry } from './types';

export const NO_PAGE: PageEntry = {
	state: 'unresolved',
	ids: [],
	total: 0,
	totalPages: 0,
	isTotalFloor: false,
	error: null,
	at: null,
};

export const NO_DETAIL: DetailEntry = {
	state: 'unresolved',
	job: null,
	etag: null,
	error: null,
};

const NO_STATS: StatsEntry = { state: 'unresolved', stats: null, filter: {}, counted: null, error: null };

const NO_LIVE: LiveEntry = { at: null, failures: 0, error: null, ids: [], time: null };

/** A row never goes back to an older version, whichever answer came last. */
function merge( known: State[ 'jobs' ], received: Job[] ): State[ 'jobs' ] {
	const newer = received.filter( ( job ) => job.version >= ( known[ job.job_id ]?.version ?? 0 ) );
	return newer.length
		? {
				...known,
				...Object.fromEntries( newer.map( ( job ) => [ job.job_id, job ] ) ),
			}
		: known;
}

function jobs( state: State[ 'jobs' ] = {}, action: Action ): State[ 'jobs' ] {
	switch ( action.type ) {
		case c.PAGE_RECEIVED:
			return merge( state, action.page.jobs );
		case c.JOBS_RECEIVED:
			return merge( state, action.jobs );
		case c.DETAIL_RECEIVED:
			return merge( state, [ action.job ] );
		default:
			return state;
	}
}

function entryOf( page: JobsPage, at: number ): PageEntry {
	return {
		state: page.jobs.length ? 'filled' : 'empty',
		ids: page.jobs.map( ( job ) => job.job_id ),
		total: page.total,
		totalPages: page.totalPages,
		isTotalFloor: page.isTotalFloor,
		error: null,
		at,
	};
}

function pages( state: State[ 'pages' ] = {}, action: Action ): State[ 'pages' ] {
	switch ( action.type ) {
		case c.PAGE_STARTED: {
			const before = state[ action.key ] ?? NO_PAGE;
			return { ...state, [ action.key ]: { ...before, state: 'loading' } };
		}
		case c.PAGE_RECEIVED:
			return { ...state, [ action.key ]: entryOf( action.page, action.at ) };
		case c.PAGE_FAILED: {
			const before = state[ action.key ] ?? NO_PAGE;
			const { error } = action;
			return { ...state, [ action.key ]: { ...before, state: 'failed', error } };
		}
		case c.PAGE_STOPPED: {
			const { [ action.key ]: stopped = NO_PAGE, ...rest } = state;
			// What it said before is still what was last heard.
			return stopped.at === null
				? rest
				: { ...state, [ action.key ]: { ...stopped, state: stopped.ids.length ? 'filled' : 'empty' } };
		}
		default:
			return state;
	}
}

function details( state: State[ 'details' ] = {}, action: Action ): State[ 'details' ] {
	switch ( action.type ) {
		case c.DETAIL_STARTED: {
			const before = state[ action.id ] ?? NO_DETAIL;
			return { ...state, [ action.id ]: { ...before, state: 'loading' } };
		}
		case c.DETAIL_RECEIVED: {
			const { job, etag } = action;
			const before = state[ job.job_id ];
			if ( before && job.version < ( before.job?.version ?? 0 ) ) {
				return { ...state, [ job.job_id ]: { ...before, state: 'filled', error: null } };
			}
			return {
				...state,
				[ job.job_id ]: { state: 'filled', job, etag, error: null },
			};
		}
		case c.DETAIL_FAILED: {
			const before = state[ action.id ] ?? NO_DETAIL;
			const { error } = action;
			return { ...state, [ action.id ]: { ...before, state: 'failed', error } };
		}
		default:
			return state;
	}
}

function stats( state: StatsEntry = NO_STATS, action: Action ): StatsEntry {
	// An answer to a question that is no longer asked would count other jobs.
	const isWanted = 'filter' in action && keyOf( action.filter ) === keyOf( state.filter );
	switch ( action.type ) {
		case c.STATS_STARTED:
			return { ...state, state: 'loading', filter: action.filter };
		case c.STATS_RECEIVED:
			return isWanted
				? { state: 'filled', stats: action.stats, filter: action.filter, counted: action.filter, error: null }
				: state;
		case c.STATS_FAILED:
			// The last counts stay: "0" on every tab would be a lie.
			return isWanted ? { ...state, state: 'failed', error: action.error } : state;
		default:
			return state;
	}
}

function live( state: LiveEntry = NO_LIVE, action: Action ): LiveEntry {
	switch ( action.type ) {
		case c.PAGE_RECEIVED:
			return { ...state, at: action.at, failures: 0, error: null };
		case c.POLL_RECEIVED: {
			const { ids, time, at } = action;
			return { at, failures: 0, error: null, ids, time };
		}
		case c.POLL_FAILED:
			return { ...state, failures: state.failures + 1, error: action.error };
		default:
			return state;
	}
}

/** Under way: the next step comes by itself, within seconds. */
const isMoving = ( { status }: Job ) => status === 'pending' || status === 'processing';

function watched( state: State[ 'watched' ] = {}, action: Action ): State[ 'watched' ] {
	switch ( action.type ) {
		case c.JOB_WATCHED:
			return { ...state, [ action.id ]: action.version };
		case c.WATCH_ENDED:
			return {};
		case c.JOBS_RECEIVED: {
			const arrived = action.jobs.filter(
				( job ) => job.version > ( state[ job.job_id ] ?? Infinity ) && ! isMoving( job )
			);
			const rest = Object.entries( state ).filter( ( [ id ] ) => ! arrived.some( ( job ) => job.job_id === id ) );
			return arrived.length ? Object.fromEntries( rest ) : state;
		}
		default:
			return state;
	}
}

export const reducer = combineReducers( { jobs, pages, details, stats, live, watched } );
