import { useDispatch, useSelect } from '@wordpress/data';
import { useEffect, useMemo, useRef } from '@wordpress/element';

import { store } from '../store';
import { keyOf } from '../store/query-key';
import { toTabsFilter } from '../view/query';
import { STATUSES } from '../words/status';
import type { JobStats, JobStatus } from '../../api/contracts.generated';
import type { JobsQuery } from '../../api/jobs';
import type { Tab } from '../view/types';

export type TabCounts = Partial< Record< Tab, number > >;

type Counts = JobStats[ 'counts' ];

/**
 * The server's counts know no filter on problems; how many of each problem have
 * which status they do.
 *
 * @param counts   Of the server.
 * @param problems The problems filtered by.
 */
function countsOf( counts: Counts, problems: string[] ): TabCounts {
	if ( problems.length === 0 ) {
		return { all: counts.all, attention: counts.attention.any, ...counts.status };
	}
	const ofProblems = counts.attention_status.filter( ( { attention } ) => problems.includes( attention ) );
	const sum = ( status?: JobStatus ) =>
		ofProblems.reduce( ( total, some ) => total + ( status && some.status !== status ? 0 : some.jobs ), 0 );
	const tabs: TabCounts = { all: sum(), attention: sum() };
	STATUSES.forEach( ( status ) => ( tabs[ status ] = sum( status ) ) );
	return tabs;
}

/**
 * How many jobs each tab has with the filters as they are, and the notices about
 * the site. While other counts load, the last ones stay.
 *
 * @param query What the list asks for.
 */
export function useTabCounts( query: JobsQuery ) {
	const { loadStats } = useDispatch( store );
	const { state, stats, counted } = useSelect( ( select ) => select( store ).getStats(), [] );
	const filter = useMemo( () => toTabsFilter( query ), [ query ] );
	const key = keyOf( filter );

	// Counts of other filters must not be compared with this list.
	const isOfThisList = counted !== null && keyOf( counted ) === key;
	const isKnown = useRef( false );
	isKnown.current = isOfThisList && state === 'filled';

	useEffect( () => {
		if ( ! isKnown.current ) {
			void loadStats( filter );
		}
		// The key says all that the filter does.
		// eslint-disable-next-line react-hooks/exhaustive-deps
	}, [ key, loadStats ] );

	const problems = useMemo( () => ( query.attention ?? [] ).filter( ( reason ) => reason !== 'any' ), [ query ] );
	const counts = useMemo( () => ( stats ? countsOf( stats.counts, problems ) : {} ), [ stats, problems ] );
	return { counts, isOfThisList, notices: stats?.notices ?? NONE };
}

const NONE: JobStats[ 'notices' ] = [];
