import { useCallback } from '@wordpress/element';
import type { MouseEvent } from 'react';

import { isPlainClick } from './plain-click';

const HAS_ITS_OWN_CLICK = 'a, button, input, select, label, [role="menuitem"], [role="dialog"]';

/**
 * DataViews' table has no row click. The job is found by the row's own link, not
 * by its place: while loading, the rows are the old ones.
 *
 * @param open Opens a job.
 */
export function useRowClick( open: ( id: string ) => void ) {
	return useCallback(
		( event: MouseEvent< HTMLElement > ) => {
			const target = event.target as Element;
			const row = target.closest( 'tbody tr' );
			const isSelecting = target.ownerDocument.getSelection()?.type === 'Range';
			if ( ! row || isSelecting || ! isPlainClick( event ) || target.closest( HAS_ITS_OWN_CLICK ) ) {
				return;
			}
			const id = row.querySelector( '[data-open]' )?.getAttribute( 'data-open' );
			if ( id ) {
				open( id );
			}
		},
		[ open ]
	);
}

/**
 * Ctrl or Cmd and a click on a link opens it in a new tab, as everywhere. Rows that
 * can be selected would take that click for themselves; elsewhere in a row they may.
 *
 * @param event A click, before the row sees it.
 */
export function leaveLinksAlone( event: MouseEvent< HTMLElement > ) {
	if ( ( event.ctrlKey || event.metaKey ) && ( event.target as Element ).closest( 'tbody a[href]' ) ) {
		event.stopPropagation();
	}
}
