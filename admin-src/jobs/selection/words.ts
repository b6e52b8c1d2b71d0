import { __, _n, sprintf } from '@wordpress/i18n';

import type { Selection } from './use-selection';
import type { PageEntry } from '../store/types';

export function selectedWords( { scope, count }: Selection, page: PageEntry ): string {
	if ( count === 0 && scope.kind === 'ids' ) {
		return '';
	}
	const number = count.toLocaleString();
	if ( scope.kind === 'ids' ) {
		/* translators: %s: a number of jobs. */
		return sprintf( _n( '%s selected', '%s selected', count, 'sell-my-images' ), number );
	}
	return page.isTotalFloor
		? __( 'All that match', 'sell-my-images' )
		: sprintf(
				/* translators: %s: a number of jobs. */
				_n( 'The %s that matches', 'All %s that match', count, 'sell-my-images' ),
				number
			);
}

export function selectAllWords( page: PageEntry ): string {
	return page.isTotalFloor
		? __( 'Select all that match', 'sell-my-images' )
		: sprintf(
				/* translators: %s: a number of jobs. */
				__( 'Select all %s that match', 'sell-my-images' ),
				page.total.toLocaleString()
			);
}
