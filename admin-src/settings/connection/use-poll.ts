import { useEffect, useRef } from '@wordpress/element';

const POLL_MS = 10_000;

/**
 * A bridge that was just started appears without a reload.
 *
 * @param ask Fetches again.
 */
export function usePoll( ask: () => void ) {
	const latest = useRef( ask );
	latest.current = ask;
	useEffect( () => {
		const timer = setInterval( () => {
			if ( document.visibilityState === 'visible' && window.navigator.onLine ) {
				latest.current();
			}
		}, POLL_MS );
		return () => clearInterval( timer );
	}, [] );
}
