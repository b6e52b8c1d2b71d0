import { useEffect, useRef } from '@wordpress/element';

import type { PageEntry } from '../../store/types';

/**
 * What the server last said of the list: while another page is on its way nothing is known
 * of it, and the buttons must stay where they are, with the focus on them.
 *
 * @param page The open page.
 */
export function useLastKnown( page: PageEntry ): PageEntry {
	const known = useRef( page );
	if ( page.at !== null ) {
		known.current = page;
	}
	return known.current;
}

/**
 * A page that was turned to is read from its top.
 *
 * @param page The open page.
 * @return To be called when a page is turned.
 */
export function useReadFromTop( page: PageEntry ): () => void {
	const isTurned = useRef( false );
	useEffect( () => {
		if ( isTurned.current && page.at !== null ) {
			isTurned.current = false;
			const scroller = document.querySelector( '.smi-list .dataviews-layout__container' );
			if ( scroller ) {
				scroller.scrollTop = 0;
			}
		}
	}, [ page ] );
	return () => {
		isTurned.current = true;
	};
}
