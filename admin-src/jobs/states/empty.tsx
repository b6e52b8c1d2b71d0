import { useSelect } from '@wordpress/data';
import { __, _n, sprintf } from '@wordpress/i18n';

import { Blank, type BlankAction } from './blank';
import { formatCount } from '../../shared/number';
import { store } from '../store';
import { keyOf } from '../store/query-key';
import { defaultView } from '../view/defaults';
import { isUnfiltered, toTabsFilter } from '../view/query';
import { emptyWords } from '../words/empty';
import { searchHint } from '../words/search';
import { tabLabel } from '../words/tab';
import type { JobsQuery } from '../../api/jobs';
import type { PlaceApi } from '../view/use-place';
import type { Place } from '../view/types';

/** How many jobs of all tabs match; null: not known yet. */
function useMatches( query: JobsQuery ): number | null {
	const { stats, counted } = useSelect( ( select ) => select( store ).getStats(), [] );
	return stats && counted && keyOf( counted ) === keyOf( toTabsFilter( query ) ) ? stats.counts.all : null;
}

function noMatchTitle( { tab, view }: Place ): string {
	const search = view.search.trim();
	if ( ! search ) {
		return __( 'No jobs match.', 'sell-my-images' );
	}
	if ( tab === 'all' ) {
		/* translators: %s: what was searched for. */
		return sprintf( __( 'No jobs match “%s”.', 'sell-my-images' ), search );
	}
	return sprintf(
		/* translators: 1: what was searched for, 2: a status, for example Failed. */
		__( 'No jobs match “%1$s” in “%2$s”.', 'sell-my-images' ),
		search,
		tabLabel( tab )
	);
}

const elsewhereLabel = ( count: number ) =>
	sprintf(
		/* translators: %s: a number of jobs. */
		_n( 'Show the %s match in all tabs', 'Show the %s matches in all tabs', count, 'sell-my-images' ),
		formatCount( count )
	);

type Props = Pick< PlaceApi, 'place' | 'go' > & { query: JobsQuery };

/** Why there is nothing: nothing yet, nothing wrong, or nothing that matches. */
export function NoJobs( { place, go, query }: Props ) {
	const { tab, view } = place;
	const matches = useMatches( query );
	const showAll: BlankAction = {
		label: __( 'Show all jobs', 'sell-my-images' ),
		onClick: () => go( { tab: 'all', saved: null, view: defaultView( view ) }, 'push' ),
	};
	if ( isUnfiltered( query ) ) {
		const { title, sentence } = emptyWords()[ tab ];
		return (
			<Blank title={ title } actions={ tab === 'all' ? [] : [ showAll ] }>
				{ sentence }
			</Blank>
		);
	}
	const allTabs = matches && tab !== 'all' && matches > 0 ? matches : null;
	const widen: BlankAction[] = allTabs
		? [
				{
					label: elsewhereLabel( allTabs ),
					onClick: () => go( { tab: 'all', view: { ...view, page: 1 } }, 'push' ),
				},
			]
		: [];
	return (
		<Blank title={ noMatchTitle( place ) } actions={ [ ...widen, showAll ] }>
			{ view.search.trim()
				? searchHint()
				: __( 'No job has everything that the filters ask for.', 'sell-my-images' ) }
		</Blank>
	);
}
