import { useCallback, useEffect, useState } from '@wordpress/element';

type Body = typeof import( './body' );

/** Enough for the first rows to be painted before anything else is fetched. */
const AFTER_THE_LIST_MS = 1500;

let loaded: Body | null = null;

/** The panel is a good part of all the code, and the list is there before anybody opens a job. */
const load = async (): Promise< Body > => ( loaded = await import( /* webpackChunkName: "panel" */ './body' ) );

/** Fetches the panel while the list is read: the first job opens without a wait. */
export function usePanelSoon() {
	useEffect( () => {
		const timer = setTimeout( () => void load().catch( () => {} ), AFTER_THE_LIST_MS );
		return () => clearTimeout( timer );
	}, [] );
}

/**
 * What the panel shows of a job; not there until its code is.
 *
 * @return The component, whether its code could not be loaded, and a way to try again.
 */
export function useBody() {
	const [ body, setBody ] = useState( loaded );
	const [ hasFailed, setFailed ] = useState( false );
	const fetch = useCallback( () => {
		setFailed( false );
		load().then( setBody, () => setFailed( true ) );
	}, [] );
	useEffect( () => {
		if ( ! loaded ) {
			fetch();
		}
	}, [ fetch ] );
	return { PanelBody: body?.PanelBody, hasFailed, fetch };
}
