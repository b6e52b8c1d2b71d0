import { useSyncExternalStore } from 'react';

import type { Layout } from '../view/data-view';

const PHONE = '(max-width: 599px)';

function subscribe( changed: () => void ) {
	const query = window.matchMedia?.( PHONE );
	query?.addEventListener( 'change', changed );
	return () => query?.removeEventListener( 'change', changed );
}

export function useLayout( isPanelOpen: boolean ): Layout {
	const isPhone = useSyncExternalStore( subscribe, () => window.matchMedia?.( PHONE ).matches ?? false );
	if ( isPhone ) {
		return 'phone';
	}
	return isPanelOpen ? 'beside-panel' : 'wide';
}
