import { useCallback, useEffect, useRef, useState } from '@wordpress/element';

import { useSavedView } from './saved-view';
import { readPlace, writePlace } from './url';
import type { JobsView, Place } from './types';

export interface PlaceApi {
	place: Place;
	/** Change the place. Opening a job is a step "back" can undo; a filter is not. */
	go: ( change: Partial< Place >, mode?: 'push' | 'replace' ) => void;
	/** The address of a place, for real links. */
	hrefOf: ( change: Partial< Place > ) => string;
}

function lookOf( { fields, density, perPage }: JobsView ) {
	return { fields, density, perPage };
}

function looksOther( a: JobsView, b: JobsView ): boolean {
	return JSON.stringify( lookOf( a ) ) !== JSON.stringify( lookOf( b ) );
}

/** The address is where the screen's state lives; this keeps the two the same. */
export function usePlace(): PlaceApi {
	const [ saved, keep ] = useSavedView();
	const [ place, setPlace ] = useState( () => readPlace( window.location.search, saved ) );
	// Read by callbacks that must not change with every keystroke.
	const latest = useRef( { place, saved } );
	latest.current = { place, saved };

	useEffect( () => {
		const onPopState = () => setPlace( readPlace( window.location.search, latest.current.saved ) );
		window.addEventListener( 'popstate', onPopState );
		return () => window.removeEventListener( 'popstate', onPopState );
	}, [] );

	const go = useCallback< PlaceApi[ 'go' ] >(
		( change, mode = 'replace' ) => {
			const before = latest.current.place;
			const next = { ...before, ...change };
			if ( looksOther( before.view, next.view ) ) {
				keep( lookOf( next.view ) );
			}
			const url = writePlace( next, window.location.search );
			window.history[ `${ mode }State` ]( null, '', url );
			latest.current = { ...latest.current, place: next };
			setPlace( next );
		},
		[ keep ]
	);

	const hrefOf = useCallback< PlaceApi[ 'hrefOf' ] >(
		( change ) => writePlace( { ...latest.current.place, ...change }, window.location.search ),
		[]
	);

	return { place, go, hrefOf };
}
