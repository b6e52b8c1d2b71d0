import type Stripe from 'stripe';
import { jsonObject } from '../json.ts';
import { cut, type ToldHealth } from './told-health.ts';

type Told = NonNullable< ToldHealth[ 'webhook' ] >;

/** Strangers may post what they like: no more than one look at Stripe in this time. */
const LOOK_EVERY_MS = 60_000;
/** Without another one after so long, somebody mended it. */
const FORGET_MS = 24 * 3_600_000;
/** A good one after so long without a bad one says the same sooner. */
const MENDED_MS = 600_000;

/**
 * Webhooks of Stripe's whose signature does not fit. Anybody can post one, so only that counts whose event Stripe
 * itself knows: a stranger cannot name one.
 */
export class WebhookHealth {
	#refused = 0;
	#lastAt = 0;
	#message = '';
	#lookedAt = -Infinity;
	/** Called when there is something new to tell. */
	onTrouble: () => void = () => {};

	constructor(
		readonly stripe: Stripe,
		readonly now: () => number = Date.now
	) {}

	get told(): Told | null {
		return this.#refused === 0 || this.now() - this.#lastAt > FORGET_MS
			? null
			: { refused: this.#refused, last_at: new Date( this.#lastAt ).toISOString(), message: this.#message };
	}

	/** One was refused. Never throws; what a look needs it takes itself. */
	refused( body: unknown, why: string ): void {
		const id = eventIn( body );
		if ( id !== null && this.now() - this.#lookedAt >= LOOK_EVERY_MS ) {
			this.#lookedAt = this.now();
			void this.#look( id, why );
		}
	}

	/** One was good. */
	taken(): void {
		if ( this.now() - this.#lastAt > MENDED_MS ) {
			this.#refused = 0;
		}
	}

	async #look( id: string, why: string ): Promise< void > {
		try {
			await this.stripe.events.retrieve( id );
		} catch {
			return;
		}
		this.#refused++;
		this.#lastAt = this.now();
		this.#message = cut( why );
		this.onTrouble();
	}
}

/** The id of the event that a body claims to be; of a thin event that of its twin. Null: none of Stripe's. */
function eventIn( body: unknown ): string | null {
	const event = Buffer.isBuffer( body ) ? jsonObject( body.toString( 'utf8' ) ) : null;
	const id = event?.[ 'snapshot_event' ] ?? event?.[ 'id' ];
	return typeof id === 'string' && /^evt_\w{1,180}$/.test( id ) ? id : null;
}
