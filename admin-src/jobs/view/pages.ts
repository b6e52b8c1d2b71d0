import type { PageEntry } from '../store/types';
import type { JobsView } from './types';

/** No list has more: the server refuses to look further. */
export const MOST_PAGES = 1_000_000;

type Counted = Pick< PageEntry, 'totalPages' | 'isTotalFloor' | 'ids' >;
type At = Pick< JobsView, 'page' | 'perPage' >;

/**
 * The last page that is known to be there. Where the server stopped counting there may be
 * more, and one with jobs on it is there.
 *
 * @param loaded What the server said of the list.
 * @param at     The open page.
 */
export function lastKnownPage( { totalPages, isTotalFloor, ids }: Counted, at: At ): number {
	return isTotalFloor && ids.length ? Math.max( totalPages, at.page ) : totalPages;
}

/**
 * Whether a page comes after the open one. Beyond what was counted, a full page may have one.
 *
 * @param loaded What the server said of the list.
 * @param at     The open page.
 */
export function hasPageAfter( loaded: Counted, at: At ): boolean {
	return at.page < loaded.totalPages || ( loaded.isTotalFloor && loaded.ids.length >= at.perPage );
}
