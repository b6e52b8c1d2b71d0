import { request } from './request';
import type { Connection, ConnectionKeyCreated } from './contracts.generated';

const PATH = '/smi/v1/connection';

/** What the owner says about a site that looks like a copy. */
export type SafeModeChoice = 'moved' | 'copy';

/** What the owner says about the key of another account at Stripe. */
export type StripeAccountChoice = 'new' | 'old';

export async function fetchConnection(): Promise< Connection > {
	return ( await request< Connection >( { path: PATH } ) ).body;
}

/** The answer holds a secret that cannot be shown again. */
export async function createKey(): Promise< ConnectionKeyCreated > {
	const options = { path: `${ PATH }/keys`, method: 'POST', data: {} };
	return ( await request< ConnectionKeyCreated >( options ) ).body;
}

export async function revokeKey( id: string ): Promise< void > {
	await request( { path: `${ PATH }/keys/${ id }`, method: 'DELETE' } );
}

export async function chooseSafeMode( choice: SafeModeChoice ): Promise< void > {
	const data = { choice };
	await request( { path: `${ PATH }/safe-mode`, method: 'POST', data } );
}

export async function chooseStripeAccount( choice: StripeAccountChoice ): Promise< void > {
	const data = { choice };
	await request( { path: `${ PATH }/stripe-account`, method: 'POST', data } );
}
