import { request } from './request';
import type { Settings, Visitors } from './contracts.generated';

const PATH = '/smi/v1/settings';

export async function fetchSettings(): Promise< Settings > {
	return ( await request< Settings >( { path: PATH } ) ).body;
}

/**
 * @param changes Any of the settings; the others stay.
 * @return All settings as they are now.
 */
export async function saveSettings( changes: Partial< Settings > ): Promise< Settings > {
	const options = { path: PATH, method: 'POST', data: changes };
	return ( await request< Settings >( options ) ).body;
}

/** How the site sees visitors, by this very request. */
export async function fetchVisitors(): Promise< Visitors > {
	return ( await request< Visitors >( { path: `${ PATH }/visitors` } ) ).body;
}
