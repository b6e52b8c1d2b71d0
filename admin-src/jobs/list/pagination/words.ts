import { _x, sprintf } from '@wordpress/i18n';

import { formatCount } from '../../../shared/number';
import type { PageEntry } from '../../store/types';

/**
 * "Page … of 1,234", with the mark `<CurrentPage />` where the number stands.
 *
 * @param page What the server said of the list.
 */
export function placeWords( { totalPages, isTotalFloor }: PageEntry ): string {
	return isTotalFloor
		? /* translators: <CurrentPage /> is a field with the page's number. Nobody counted how many pages there are. */
			_x( 'Page <CurrentPage /> of many', 'paging', 'sell-my-images' )
		: sprintf(
				/* translators: <CurrentPage /> is a field with the page's number. %s: number of pages. */
				_x( 'Page <CurrentPage /> of %s', 'paging', 'sell-my-images' ),
				formatCount( totalPages )
			);
}
