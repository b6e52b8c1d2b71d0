import type Stripe from 'stripe';
import type { Report } from '../contracts.generated.ts';
import type { Upscaler } from '../protocol/upscaler.ts';
import { RIGHTS } from '../stripe/rights.ts';
import { StripeHealth } from './stripe-health.ts';
import type { ToldHealth, ToldProvider } from './told-health.ts';
import { UpscalerHealth } from './upscaler-health.ts';
import { WebhookHealth } from './webhook-health.ts';

/** A bridge that starts has better to do first: work waits for it. A secret key that told its account at hello lives, and has every right. */
const FIRST_MS = { unknown: 5_000, alive: 120_000 };
/** While something is wrong, its end is seen soon; the owner waits for it. */
const TROUBLE_MS = 20_000;
const WELL_MS = 15 * 60_000;
/** Of Stripe's commands and of Upsampler's, as reports call a refused key. */
const STRIPE_CODE = 'unauthorized';
const UPSAMPLER_CODE = 'blocked';

/**
 * Whether the providers take this bridge's keys and Stripe's webhooks its secret: looked at when the bridge starts and
 * from time to time, told with every sync. A key may be wrong while no command shows it, and mended while none could.
 */
export class ProviderHealth {
	readonly stripe: StripeHealth;
	readonly upsampler: UpscalerHealth;
	readonly webhook: WebhookHealth;
	#timer: NodeJS.Timeout | undefined;
	#isStopped = false;
	#looking: Promise< void > | null = null;
	#lastTold = '';
	/** Called when a state changed, so that the owner need not wait for the next heartbeat. */
	onChange: () => void = () => {};

	constructor( stripe: Stripe, upscaler: Pick< Upscaler, 'probe' >, isKeyRestricted: boolean ) {
		this.stripe = new StripeHealth( stripe, isKeyRestricted ? RIGHTS : [] );
		this.upsampler = new UpscalerHealth( upscaler );
		this.webhook = new WebhookHealth( stripe );
		this.webhook.onTrouble = () => this.#tellIfNew();
	}

	/** Looks soon, then from time to time until stopped. */
	start( isKeyAlive = false ): void {
		if ( isKeyAlive ) {
			this.stripe.alive();
		}
		this.#schedule( FIRST_MS[ isKeyAlive ? 'alive' : 'unknown' ] );
	}

	/** Looks no more; what a look that is under way still finds is told to nobody. */
	stop(): void {
		this.#isStopped = true;
		clearTimeout( this.#timer );
	}

	/** What a command heard: a refusal is told with its report, and looked into soon. */
	saw( result: Pick< Report, 'outcome' | 'error' > | null ): void {
		const { code, message = '', status } = result?.error ?? {};
		if ( code === STRIPE_CODE ) {
			this.stripe.refused( message );
		} else if ( code === UPSAMPLER_CODE && ( status === 401 || status === 403 ) ) {
			this.upsampler.refused( message );
		} else {
			return;
		}
		this.#schedule( TROUBLE_MS );
	}

	/** The `providers` of a sync; undefined before anything is known. */
	forSync(): ToldHealth | undefined {
		const { stripe, upsampler, webhook } = this;
		if ( stripe.told === null && upsampler.told === null && webhook.told === null ) {
			return undefined;
		}
		return {
			...( stripe.told === null ? {} : { stripe: stripe.told } ),
			...( upsampler.told === null ? {} : { upsampler: upsampler.told } ),
			...( webhook.told === null ? {} : { webhook: webhook.told } ),
		};
	}

	#schedule( ms: number ): void {
		if ( this.#isStopped ) {
			return;
		}
		clearTimeout( this.#timer );
		this.#timer = setTimeout( () => this.#look(), ms ).unref();
	}

	#look(): void {
		this.#looking ??= Promise.all( [ this.stripe.look(), this.upsampler.look() ] ).then( () => {
			this.#looking = null;
			this.#tellIfNew();
			const isWell = [ this.stripe.told, this.upsampler.told ].every( isOk );
			this.#schedule( isWell ? WELL_MS : TROUBLE_MS );
		} );
	}

	#tellIfNew(): void {
		const now = JSON.stringify( this.forSync() ?? null );
		if ( now !== this.#lastTold && ! this.#isStopped ) {
			this.#lastTold = now;
			this.onChange();
		}
	}
}

const isOk = ( provider: ToldProvider | null ) => provider?.state === 'ok';
