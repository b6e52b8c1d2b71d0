import { useSyncExternalStore } from 'react';

const EVERY_MS = 30_000;

let now = Date.now();
let timer: ReturnType< typeof setInterval > | undefined;
const listeners = new Set< () => void >();

function tick() {
	if ( document.visibilityState === 'visible' ) {
		now = Date.now();
		listeners.forEach( ( changed ) => changed() );
	}
}

/** One clock for the whole screen, however many times are on it; it stands still while nobody looks. */
function subscribe( changed: () => void ) {
	if ( listeners.size === 0 ) {
		now = Date.now();
		timer = setInterval( tick, EVERY_MS );
		document.addEventListener( 'visibilitychange', tick );
	}
	listeners.add( changed );
	return () => {
		listeners.delete( changed );
		if ( listeners.size === 0 ) {
			clearInterval( timer );
			document.removeEventListener( 'visibilitychange', tick );
		}
	};
}

/** Milliseconds since 1970, renewed twice a minute. */
export function useNow(): number {
	return useSyncExternalStore( subscribe, () => now );
}
