import { _n, __, sprintf } from '@wordpress/i18n';

import { Pagination } from './pagination';
import { getBoot } from '../../shared/boot';
import type { PageEntry } from '../store/types';
import type { PlaceApi } from '../view/use-place';

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

interface Props extends Pick< PlaceApi, 'place' | 'go' > {
	page: PageEntry;
}

export function ListFooter( { page, place, go }: Props ) {
	const zone = sprintf(
		/* translators: %s: a time zone, for example Europe/Berlin. */
		__( 'times in %s', 'sell-my-images' ),
		getBoot().timezone
	);
	return (
		<div className="smi-list__foot">
			<bdi className="smi-list__count">{ page.at === null ? zone : `${ countWords( page ) } · ${ zone }` }</bdi>
			<Pagination { ...{ page, place, go } } />
		</div>
	);
}
