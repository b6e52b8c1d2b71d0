import { useDispatch } from '@wordpress/data';
import { useCallback, useEffect, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { store as noticesStore } from '@wordpress/notices';

import { filterOf, type Scope } from './types';
import { keyOf } from '../store/query-key';
import type { useJobsPage } from '../hooks/use-jobs-page';

const NOTHING: Scope = { kind: 'ids', ids: [] };

export interface Selection {
	scope: Scope;
	/** How many jobs are meant. */
	count: number;
	/** Those of the page, for its checkboxes. */
	onPage: string[];
	/** The page's checkboxes changed. */
	change: ( onPage: string[] ) => void;
	/** Exactly these. */
	pick: ( ids: string[] ) => void;
	selectAll: () => void;
	clear: () => void;
}

/** "All that match" means the jobs of one filter; under another it would mean others. */
function useDropWithFilter( scope: Scope, filterKey: string, clear: () => void ) {
	const { createInfoNotice } = useDispatch( noticesStore );
	const isOther = scope.kind === 'filter' && keyOf( filterOf( scope.query ) ) !== filterKey;
	useEffect( () => {
		if ( isOther ) {
			clear();
			void createInfoNotice(
				__(
					'Other jobs match now, so “all that match” is no longer selected. Nothing was done.',
					'sell-my-images'
				),
				{ type: 'snackbar' }
			);
		}
	}, [ isOther, clear, createInfoNotice ] );
}

/**
 * A selection that outlives paging, sorting, searching and live changes. DataViews
 * itself knows the visible page only.
 *
 * @param listed The page on the screen.
 */
export function useSelection( { page, query }: ReturnType< typeof useJobsPage > ): Selection {
	const [ scope, setScope ] = useState< Scope >( NOTHING );
	const clear = useCallback( () => setScope( NOTHING ), [] );
	const pick = useCallback( ( ids: string[] ) => setScope( { kind: 'ids', ids } ), [] );
	useDropWithFilter( scope, keyOf( filterOf( query ) ), clear );

	const isAll = scope.kind === 'filter';
	const chosen = isAll ? [] : scope.ids;
	const change = ( onPage: string[] ) => {
		const visible = new Set( page.ids );
		pick( [ ...chosen.filter( ( id ) => ! visible.has( id ) ), ...onPage ] );
	};
	return {
		scope,
		count: isAll ? page.total : chosen.length,
		onPage: isAll ? page.ids : chosen,
		change,
		pick,
		selectAll: () => setScope( { kind: 'filter', query, total: page.total } ),
		clear,
	};
}
