import { DataViews } from '@wordpress/dataviews/wp';
import { _n, __, sprintf } from '@wordpress/i18n';

import { getBoot } from '../../shared/boot';
import type { PageEntry } from '../store/types';

function countWords( { total, isTotalFloor }: PageEntry ): string {
	const number = total.toLocaleString();
	return isTotalFloor
		? sprintf(
				/* translators: %s: a number of jobs. */
				__( 'More than %s jobs', 'sell-my-images' ),
				number
			)
		: sprintf(
				/* translators: %s: a number of jobs. */
				_n( '%s job', '%s jobs', total, 'sell-my-images' ),
				number
			);
}

export function ListFooter( { page }: { page: PageEntry } ) {
	const zone = sprintf(
		/* translators: %s: a time zone, for example Europe/Berlin. */
		__( 'times in %s', 'sell-my-images' ),
		getBoot().timezone
	);
	return (
		<div className="smi-list__foot">
			<bdi className="smi-list__count">{ page.at === null ? zone : `${ countWords( page ) } · ${ zone }` }</bdi>
			<DataViews.Pagination />
		</div>
	);
}
