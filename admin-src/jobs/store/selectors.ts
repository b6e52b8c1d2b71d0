import { createSelector } from '@wordpress/data';

import { keyOf } from './query-key';
import { NO_DETAIL, NO_PAGE } from './reducer';
import type { Job } from '../../api/contracts.generated';
import type { JobsQuery } from '../../api/jobs';
import type { DetailEntry, LiveEntry, PageEntry, State, StatsEntry } from './types';

export function getPage( state: State, query: JobsQuery ): PageEntry {
	return state.pages[ keyOf( query ) ] ?? NO_PAGE;
}

export const getPageJobs = createSelector(
	( state: State, query: JobsQuery ): Job[] =>
		getPage( state, query ).ids.flatMap( ( id ) => state.jobs[ id ] ?? [] ),
	( state: State, query: JobsQuery ) => [ state.jobs, getPage( state, query ).ids ]
);

/**
 * The row as the list knows it, without the details.
 *
 * @param state The store.
 * @param id    The job.
 */
export function getRow( state: State, id: string ): Job | null {
	return state.jobs[ id ] ?? null;
}

export function getDetail( state: State, id: string ): DetailEntry {
	return state.details[ id ] ?? NO_DETAIL;
}

export function getStats( state: State ): StatsEntry {
	return state.stats;
}

export function getLive( state: State ): LiveEntry {
	return state.live;
}

/**
 * Whether something that this user set in motion has not arrived yet.
 *
 * @param state The store.
 */
export function isWatching( state: State ): boolean {
	return Object.keys( state.watched ).length > 0;
}
