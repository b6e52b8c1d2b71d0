import { createHash } from 'node:crypto';
import type { Clock } from '../../shared/clock.ts';
import { StripeError } from '../errors.ts';
import type { SavedAnswer, Store } from '../store.ts';

const KEY_LIFE_S = 24 * 3600;
const LONGEST = 255;

/** The same parameters in another order are the same parameters. */
function canonical( value: unknown ): string {
	if ( value === null || typeof value !== 'object' ) {
		return JSON.stringify( value ?? null );
	}
	const entries = Object.entries( value ).toSorted( ( [ a ], [ b ] ) => ( a < b ? -1 : 1 ) );
	return `{${ entries.map( ( [ key, child ] ) => `${ JSON.stringify( key ) }:${ canonical( child ) }` ).join() }}`;
}

export interface Answer {
	status: number;
	body: unknown;
}

/** Remembers the first answer under each `Idempotency-Key` for 24 hours of the emulator's clock. */
export class Idempotency {
	constructor(
		private readonly store: Store,
		private readonly clock: Clock
	) {}

	/** The saved answer; or null, and the key is taken until `save` or `release`. */
	begin( key: string, endpoint: string, payload: unknown ): Answer | null {
		if ( key.length > LONGEST ) {
			throw new StripeError( 400, `Idempotency keys can be at most ${ LONGEST } characters long.`, {
				type: 'idempotency_error',
				isSaved: false,
			} );
		}
		const fingerprint = createHash( 'sha256' ).update( canonical( payload ) ).digest( 'hex' );
		const known = this.find( key );
		if ( ! known ) {
			this.store.put( 'keys', { id: key, endpoint, fingerprint, answer: null, since: this.clock.seconds() } );
			return null;
		}
		this.check( known, endpoint, fingerprint );
		return known.answer;
	}

	save( key: string, answer: Answer ): void {
		const entry = this.store.get( 'keys', key );
		if ( entry ) {
			this.store.put( 'keys', { ...entry, answer } );
		}
	}

	/** Nothing was done under this key, so that it may be used anew. */
	release( key: string ): void {
		this.store.delete( 'keys', key );
	}

	/** After a restart no request is running any more. */
	releaseUnfinished(): void {
		for ( const entry of this.store.all( 'keys' ) ) {
			if ( entry.answer === null ) {
				this.release( entry.id );
			}
		}
	}

	private find( key: string ): SavedAnswer | undefined {
		const row = this.store.row( 'keys', key );
		if ( row && this.clock.secondsFor( row.born ) - row.value.since >= KEY_LIFE_S ) {
			this.release( key );
			return undefined;
		}
		return row?.value;
	}

	private check( known: SavedAnswer, endpoint: string, fingerprint: string ): void {
		if ( known.endpoint !== endpoint || known.fingerprint !== fingerprint ) {
			const what =
				known.endpoint === endpoint
					? 'with the same parameters'
					: `for the same endpoint (${ known.endpoint })`;
			throw new StripeError(
				400,
				`Keys for idempotent requests can only be used ${ what } they were first used with. Try using a key other than '${ known.id }' if you meant to execute a different request.`,
				{ type: 'idempotency_error', isSaved: false }
			);
		}
		if ( known.answer === null ) {
			throw new StripeError(
				409,
				`There is currently another in-progress request using this Idempotency Key (that probably means you submitted twice, and the other request is still going through): ${ known.id }.`,
				{ type: 'idempotency_error', code: 'idempotency_key_in_use', isSaved: false }
			);
		}
	}
}
