import { useCallback, useEffect, useRef, useState } from '@wordpress/element';

import { readPlace, writePlace } from './url';
import { useLook } from './use-look';
import type { Look, Place } from './types';

export interface PlaceApi {
	place: Place;
	/** Change the place. Opening a job is a step "back" can undo; a filter is not. */
	go: ( change: Partial< Place >, mode?: 'push' | 'replace' ) => void;
	/** The address of a place, for real links. */
	hrefOf: ( change: Partial< Place > ) => string;
}

/** What the user keeps after a change: only what was changed, not what a saved view or a link brought along. */
function keptAfter( kept: Look, before: Look, next: Look ): Look | null {
	const changed = {
		...( next.fields.join() === before.fields.join() ? {} : { fields: next.fields } ),
		...( next.density === before.density ? {} : { density: next.density } ),
		...( next.perPage === before.perPage ? {} : { perPage: next.perPage } ),
	};
	return Object.keys( changed ).length ? { ...kept, ...changed } : null;
}

/** The address is where the screen's state lives; this keeps the two the same. */
export function usePlace(): PlaceApi {
	const [ look, keep ] = useLook();
	const [ place, setPlace ] = useState( () => readPlace( window.location.search, look ) );
	// Read by callbacks that must not change with every keystroke.
	const latest = useRef( { place, look } );
	latest.current = { place, look };

	useEffect( () => {
		// What nobody understands leaves the address, so that it says what is shown.
		const { place: read, look: kept } = latest.current;
		window.history.replaceState( null, '', writePlace( read, window.location.search, kept ) );
		const onPopState = () => setPlace( readPlace( window.location.search, latest.current.look ) );
		window.addEventListener( 'popstate', onPopState );
		return () => window.removeEventListener( 'popstate', onPopState );
	}, [] );

	const go = useCallback< PlaceApi[ 'go' ] >(
		( change, mode = 'replace' ) => {
			const before = latest.current;
			const next = { ...before.place, ...change };
			const isOpeningView = !! change.saved;
			const kept = isOpeningView ? null : keptAfter( before.look, before.place.view, next.view );
			if ( kept ) {
				keep( kept );
			}
			const now = { place: next, look: kept ?? before.look };
			window.history[ `${ mode }State` ]( null, '', writePlace( next, window.location.search, now.look ) );
			latest.current = now;
			setPlace( next );
		},
		[ keep ]
	);

	const hrefOf = useCallback< PlaceApi[ 'hrefOf' ] >(
		( change ) => writePlace( { ...latest.current.place, ...change }, window.location.search, latest.current.look ),
		[]
	);

	return { place, go, hrefOf };
}
