import { useSyncExternalStore } from 'react';

function subscribe( changed: () => void ) {
	window.addEventListener( 'online', changed );
	window.addEventListener( 'offline', changed );
	return () => {
		window.removeEventListener( 'online', changed );
		window.removeEventListener( 'offline', changed );
	};
}

/** Whether the browser believes it is connected. */
export function useOnline(): boolean {
	return useSyncExternalStore( subscribe, () => window.navigator.onLine );
}
