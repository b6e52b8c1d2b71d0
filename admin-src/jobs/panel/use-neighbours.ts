import { useEffect, useState } from '@wordpress/element';

import type { PageEntry } from '../store/types';
import type { PlaceApi } from '../view/use-place';

type Step = -1 | 1;

export interface Neighbours {
	/** "3 of 344"; null when the job is not in this list. */
	position: number | null;
	step: ( by: Step ) => void;
	canStep: ( by: Step ) => boolean;
}

/**
 * Previous and next through everything that matches: at the end of a page the
 * next page is fetched, and its first job opened.
 *
 * @param page      The loaded page.
 * @param isLoading Whether its rows are still the old ones.
 * @param places    The address.
 */
export function useNeighbours( page: PageEntry, isLoading: boolean, { place, go }: PlaceApi ): Neighbours {
	const { view, job } = place;
	const [ awaited, setAwaited ] = useState< Step | null >( null );
	const index = job ? page.ids.indexOf( job ) : -1;

	useEffect( () => {
		if ( awaited && ! isLoading ) {
			const id = page.ids[ awaited === 1 ? 0 : page.ids.length - 1 ];
			setAwaited( null );
			if ( id ) {
				go( { job: id } );
			}
		}
	}, [ awaited, isLoading, page.ids, go ] );

	const hasPage = ( by: Step ) => view.page + by >= 1 && view.page + by <= page.totalPages;
	const canStep = ( by: Step ) => index >= 0 && ( page.ids[ index + by ] !== undefined || hasPage( by ) );
	const step = ( by: Step ) => {
		const id = page.ids[ index + by ];
		if ( id ) {
			go( { job: id } );
		} else if ( canStep( by ) ) {
			setAwaited( by );
			go( { view: { ...view, page: view.page + by } } );
		}
	};
	return {
		position: index < 0 ? null : ( view.page - 1 ) * view.perPage + index + 1,
		step,
		canStep,
	};
}
