import { useEffect, useState } from '@wordpress/element';

import { fetchBatch } from '../../api/batch';
import { RestFailure } from '../../api/rest-failure';
import type { BatchItem } from '../../api/contracts.generated';

type State = BatchItem[ 'state' ];

const MOST_PER_PAGE = 100;

interface Items {
	of: State;
	items: BatchItem[];
	page: number;
	totalPages: number;
}

/**
 * What became of the jobs, page after page.
 *
 * @param id    The batch.
 * @param state Only these.
 */
export function useItems( id: string, state: State ) {
	const [ known, setKnown ] = useState< Items | null >( null );
	const [ error, setError ] = useState< RestFailure | null >( null );
	const load = async ( page: number, before: BatchItem[] ) => {
		setError( null );
		try {
			const { batch, totalPages } = await fetchBatch( id, { item_state: [ state ], page } );
			setKnown( { of: state, items: [ ...before, ...batch.items ], page, totalPages } );
		} catch ( caught ) {
			setError( caught instanceof RestFailure ? caught : null );
		}
	};
	useEffect( () => {
		void load( 1, [] );
		// eslint-disable-next-line react-hooks/exhaustive-deps -- from the start for another batch or state.
	}, [ id, state ] );
	const shown = known?.of === state ? known : null;
	const more = shown && shown.page < shown.totalPages ? () => void load( shown.page + 1, shown.items ) : null;
	return { items: shown?.items ?? null, more, error, retry: () => void load( 1, [] ) };
}

/**
 * All jobs of a batch that ended so.
 *
 * @param id    The batch.
 * @param state How.
 */
export async function idsInState( id: string, state: State ): Promise< string[] > {
	const ids: string[] = [];
	for ( let page = 1, pages = 1; page <= pages; page++ ) {
		const found = await fetchBatch( id, { item_state: [ state ], page, per_page: MOST_PER_PAGE } );
		ids.push( ...found.batch.items.map( ( item ) => item.job_id ) );
		pages = found.totalPages;
	}
	return ids;
}
