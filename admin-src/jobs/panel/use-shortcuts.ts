import { useEffect, useRef } from '@wordpress/element';
import type { RefObject } from 'react';

import type { Neighbours, Step } from './use-neighbours';

const WITH_ALT: Record< string, Step > = { ArrowUp: -1, ArrowDown: 1 };
const ALONE: Record< string, Step > = { k: -1, j: 1 };

/** Where keys belong to what is typed or chosen, not to the panel. */
const KEEPS_ITS_KEYS =
	'input:not([type="checkbox"]):not([type="radio"]), textarea, select, [contenteditable="true"], [role="menu"], [role="listbox"], [role="dialog"]';

function stepFor( event: KeyboardEvent, panel: HTMLElement | null ): Step | undefined {
	const target = event.target as Element;
	if ( event.defaultPrevented || event.ctrlKey || event.metaKey || target.closest?.( KEEPS_ITS_KEYS ) ) {
		return undefined;
	}
	if ( event.altKey ) {
		return event.shiftKey ? undefined : WITH_ALT[ event.key ];
	}
	// Single letters only with the focus in the panel: speech input types letters anywhere (WCAG 2.1.4).
	return panel?.contains( target ) ? ALONE[ event.key.toLowerCase() ] : undefined;
}

/**
 * Alt with the arrows from anywhere on the screen, J and K inside the panel.
 *
 * @param panel      The panel.
 * @param neighbours Where the keys lead.
 */
export function useShortcuts( panel: RefObject< HTMLElement | null >, neighbours: Neighbours ) {
	const latest = useRef( neighbours );
	latest.current = neighbours;
	useEffect( () => {
		const onKeyDown = ( event: KeyboardEvent ) => {
			const by = stepFor( event, panel.current );
			if ( by && ! document.querySelector( '.components-modal__screen-overlay' ) ) {
				event.preventDefault();
				latest.current.step( by );
			}
		};
		document.addEventListener( 'keydown', onKeyDown );
		return () => document.removeEventListener( 'keydown', onKeyDown );
	}, [ panel ] );
}
