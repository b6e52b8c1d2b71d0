import type { TabCounts } from './use-tab-counts';
import type { PageEntry } from '../store/types';
import type { Tab } from '../view/types';

/**
 * How many more jobs match than when the page was loaded. Nobody knows where the
 * server stopped counting.
 *
 * @param tab    The open tab.
 * @param page   The loaded page.
 * @param counts The newest counts, of the same filters; null: there are none.
 */
export function newJobs( tab: Tab, page: PageEntry, counts: TabCounts | null ): number {
	const count = counts?.[ tab ];
	const isKnown = count !== undefined && page.at !== null && page.state !== 'loading' && ! page.isTotalFloor;
	return isKnown ? Math.max( 0, count - page.total ) : 0;
}
