import type { Store } from './store.ts';

/** What a restricted key may be given rights to, in the words of Stripe's paths. */
export const RESOURCES = [
	'account',
	'balance',
	'charges',
	'checkout_sessions',
	'customers',
	'disputes',
	'events',
	'payment_intents',
	'payment_methods',
	'prices',
	'products',
	'refunds',
	'webhook_endpoints',
] as const;
export type Resource = ( typeof RESOURCES )[ number ];

export const RIGHTS = [ 'none', 'read', 'write' ] as const;
export type Right = ( typeof RIGHTS )[ number ];

/** What is known about one key; one that nobody described may do all. */
export interface KeyRecord {
	id: string;
	permissions: Partial< Record< Resource, Right > >;
	/** The right to everything that `permissions` doesn't name. */
	rest: Right;
	isRevoked: boolean;
}

export interface KeyInput {
	key: string;
	permissions?: Partial< Record< Resource, Right > >;
	rest?: Right;
	revoked?: boolean;
}

/** Keys and their rights. `secretKey` is the only undescribed key that is accepted, if it is given. */
export class Keys {
	constructor(
		private readonly store: Store,
		private readonly secretKey: string | undefined
	) {}

	all(): KeyRecord[] {
		return this.store.all( 'apiKeys' );
	}

	/** What is not named stays as it was. */
	describe( { key, permissions = {}, rest, revoked }: KeyInput ): KeyRecord {
		const unknown = Object.keys( permissions ).find( ( name ) => ! RESOURCES.includes( name as Resource ) );
		if ( unknown !== undefined ) {
			throw new Error( `A key has no right to "${ unknown }".` );
		}
		const known = this.store.get( 'apiKeys', key );
		// A new `rest` is a new beginning: what was said of single objects before is over.
		const before = rest === undefined ? ( known?.permissions ?? {} ) : {};
		return this.store.put( 'apiKeys', {
			id: key,
			permissions: { ...before, ...permissions },
			rest: rest ?? known?.rest ?? 'write',
			isRevoked: revoked ?? known?.isRevoked ?? false,
		} );
	}

	isAccepted( key: string ): boolean {
		return this.secretKey === undefined || key === this.secretKey || this.store.get( 'apiKeys', key ) !== undefined;
	}

	isRevoked( key: string ): boolean {
		return this.store.get( 'apiKeys', key )?.isRevoked ?? false;
	}

	may( key: string, resource: Resource, wanted: 'read' | 'write' ): boolean {
		const record = this.store.get( 'apiKeys', key );
		if ( ! record || ! isRestricted( key ) ) {
			return true;
		}
		const right = record.permissions[ resource ] ?? record.rest;
		return right === 'write' || right === wanted;
	}
}

export function isRestricted( key: string ): boolean {
	return key.startsWith( 'rk_' );
}

/** A key as Stripe shows it back: its kind and its last characters. */
export function masked( key: string ): string {
	return `${ key.slice( 0, 8 ) }****${ key.slice( -4 ) }`;
}
