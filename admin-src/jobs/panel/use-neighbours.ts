import { useEffect, useRef, useState } from '@wordpress/element';

import { hasPageAfter } from '../view/pages';
import type { PageEntry } from '../store/types';
import type { PlaceApi } from '../view/use-place';

export type Step = -1 | 1;

export interface Neighbours {
	/** "3 of 344"; null when the job is not in this list. */
	position: number | null;
	/** Whether the list is longer than was counted. */
	isTotalFloor: boolean;
	step: ( by: Step ) => void;
	canStep: ( by: Step ) => boolean;
}

/**
 * Where the job stands. One that has left the list, because the list changed
 * under it, is remembered by its place: its neighbours stay its neighbours.
 *
 * @param ids The page.
 * @param job The open job.
 */
function useIndex( ids: string[], job: string | null ) {
	const last = useRef< { job: string; index: number } | null >( null );
	const index = job ? ids.indexOf( job ) : -1;
	useEffect( () => {
		if ( job && index >= 0 ) {
			last.current = { job, index };
		}
	}, [ job, index ] );
	const left = index < 0 && last.current?.job === job ? last.current.index : null;
	return { index, left };
}

/** The job to open on a page just arrived; the open one may have slid onto it. */
function entryOf( ids: string[], job: string | null, by: Step ): string | undefined {
	const index = job ? ids.indexOf( job ) : -1;
	return index >= 0 ? ids[ index + by ] : ids.at( by === 1 ? 0 : -1 );
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
	const { index, left } = useIndex( page.ids, job );

	useEffect( () => {
		if ( awaited && ! isLoading ) {
			const id = entryOf( page.ids, job, awaited );
			setAwaited( null );
			if ( id ) {
				go( { job: id } );
			}
		}
	}, [ awaited, isLoading, page.ids, job, go ] );

	// The one after a job that left has moved up into its place.
	const target = ( by: Step ) => page.ids[ left === null ? index + by : left + ( by === 1 ? 0 : -1 ) ];
	const isPlaced = index >= 0 || left !== null;
	const hasPage = ( by: Step ) => ( by === 1 ? hasPageAfter( page, view ) : view.page > 1 );
	const canStep = ( by: Step ) => isPlaced && ! awaited && ( target( by ) !== undefined || hasPage( by ) );
	const step = ( by: Step ) => {
		const id = target( by );
		if ( ! canStep( by ) ) {
			return;
		}
		if ( id ) {
			go( { job: id } );
		} else {
			setAwaited( by );
			go( { view: { ...view, page: view.page + by } } );
		}
	};
	return {
		position: index < 0 ? null : ( view.page - 1 ) * view.perPage + index + 1,
		isTotalFloor: page.isTotalFloor,
		step,
		canStep,
	};
}
