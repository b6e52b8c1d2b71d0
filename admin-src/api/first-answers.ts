import { normalizePath } from '@wordpress/url';

import { getBoot } from '../shared/boot';
import type { Answer } from './request';

/**
 * What came along with the page, without asking. Not api-fetch's preloading: that answers a promise, so the first rows would be drawn a
 * second time, and whatever nobody asked for stays to answer a later question with old rows.
 *
 * @param path Of the REST API, parameters in any order.
 */
export function firstAnswer< T >( path: string ): Answer< T > | null {
	const wanted = normalizePath( path );
	const [ , answer ] =
		Object.entries( getBoot().answers ).find( ( [ known ] ) => normalizePath( known ) === wanted ) ?? [];
	return answer ? { body: answer.body as T, headers: new Headers( answer.headers ) } : null;
}
