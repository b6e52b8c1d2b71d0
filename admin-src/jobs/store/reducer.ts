import { combineReducers } from '@wordpress/data';

import * as c from './constants';
import type { Job } from '../../api/contracts.generated';
import type { JobsPage } from '../../api/jobs';
import type { Action, DetailEntry, PageEntry, State, StatsEntry } from './types';

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

const NO_STATS: StatsEntry = { state: 'unresolved', stats: null, error: null };

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
		case c.PAGE_DROPPED: {
			const { [ action.key ]: dropped, ...rest } = state;
			return dropped ? rest : state;
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
			if ( job.version < ( state[ job.job_id ]?.job?.version ?? 0 ) ) {
				return state;
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
	switch ( action.type ) {
		case c.STATS_STARTED:
			return { ...state, state: 'loading' };
		case c.STATS_RECEIVED:
			return { state: 'filled', stats: action.stats, error: null };
		case c.STATS_FAILED:
			// The last counts stay: "0" on every tab would be a lie.
			return { ...state, state: 'failed', error: action.error };
		default:
			return state;
	}
}

export const reducer = combineReducers( { jobs, pages, details, stats } );
