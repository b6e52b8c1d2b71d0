import { useMemo } from '@wordpress/element';

import { getBoot } from '../../shared/boot';
import { isUnfiltered, toQuery } from '../view/query';
import type { JobStats } from '../../api/contracts.generated';
import type { PageEntry } from '../store/types';
import type { Place, Tab } from '../view/types';

function countOf( { counts }: JobStats, tab: Tab ): number {
	if ( tab === 'all' ) {
		return counts.all;
	}
	return tab === 'attention' ? counts.attention.any : counts.status[ tab ];
}

/**
 * How many more jobs the tab has than when its page was loaded. Only where the
 * count is the tab's own: with filters nobody knows.
 *
 * @param place The address.
 * @param page  The loaded page.
 * @param stats The newest counts.
 */
export function useNewJobs( place: Place, page: PageEntry, stats: JobStats | null ): number {
	const { tab, view } = place;
	const isWhole = useMemo(
		() =>
			isUnfiltered( toQuery( tab, view, getBoot().timezone ) ) &&
			! view.filters.some( ( { field } ) => field === 'attention' ),
		[ tab, view ]
	);
	return isWhole && stats && page.at !== null && page.state !== 'loading'
		? Math.max( 0, countOf( stats, tab ) - page.total )
		: 0;
}
