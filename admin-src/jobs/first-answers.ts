import type { dispatch, select } from '@wordpress/data';

import { store } from './store';
import { toQuery, toTabsFilter } from './view/query';
import { readPlace } from './view/url';
import { currentLook } from './view/use-look';
import { getBoot } from '../shared/boot';

interface Registry {
	dispatch: typeof dispatch;
	select: typeof select;
}

/**
 * Puts what came along with the page into the store, for the address that the page was opened with.
 *
 * @param registry Where the store is registered.
 */
export function receiveFirstAnswers( registry: Registry ): void {
	const { tab, view, job } = readPlace( window.location.search, currentLook( registry.select ) );
	const query = toQuery( tab, view, getBoot().timezone );
	registry.dispatch( store ).receiveFirst( query, toTabsFilter( query ), job );
}
