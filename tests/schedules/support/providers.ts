/** Both emulators, on the schedule's clock. What they tell by webhook is kept until the schedule delivers it. */
import type { FastifyInstance } from 'fastify';
import { setTimeout as sleep } from 'node:timers/promises';
import type Stripe from 'stripe';
import { buildStripeEmulator } from '../../../tools/emulators/stripe/app.ts';
import { buildUpsamplerEmulator } from '../../../tools/emulators/upsampler/app.ts';
import type { Clock } from './clock.ts';

export const STRIPE_KEY = 'sk_test_schedules';

/** A picture that was bought. */
export interface Purchase {
	id: string;
	/** Of the attempt that it was bought for. */
	token: string;
	attempt: string;
	/** The bridge that bought it. */
	life: string;
	/** Whether its answer reached a bridge. */
	isHeard: boolean;
	isTold: boolean;
}

/** An event that waits for its delivery. */
export interface Waiting {
	event: Stripe.Event;
	/** So often it was delivered. */
	times: number;
}

export class Providers {
	readonly purchases: Purchase[] = [];
	waiting: Waiting[] = [];
	#newest: string | null = null;
	readonly #made = new Set< string >();

	private constructor(
		readonly stripe: FastifyInstance,
		readonly upsampler: FastifyInstance,
		/** Where results lie. */
		readonly resultsUrl: string
	) {}

	static async open( clock: Clock ): Promise< Providers > {
		const now = () => clock.seconds * 1000;
		const stripe = buildStripeEmulator( {
			now,
			publicUrl: 'http://127.0.0.1:1',
			settings: { rate_test: 0, rate_live: 0 },
		} );
		const upsampler = buildUpsamplerEmulator( {
			now,
			queueMs: 0,
			workMs: 0,
			settings: { rate_per_minute: 10_000, at_once: 0 },
		} );
		await stripe.ready();
		return new Providers( stripe, upsampler, await upsampler.listen( { host: '127.0.0.1', port: 0 } ) );
	}

	async close(): Promise< void > {
		await Promise.all( [ this.stripe.close(), this.upsampler.close() ] );
	}

	/** All objects of a list at Stripe, oldest first. */
	async list< T >( path: string ): Promise< T[] > {
		const all: ( T & { id: string } )[] = [];
		for ( let after = ''; ; after = `&starting_after=${ all.at( -1 )?.id }` ) {
			const answer = await this.stripe.inject( {
				url: `/v1/${ path }?limit=100${ after }`,
				headers: { authorization: `Bearer ${ STRIPE_KEY }` },
			} );
			const page = answer.json() as { data: ( T & { id: string } )[]; has_more: boolean };
			all.push( ...page.data );
			if ( ! page.has_more ) {
				return all.reverse();
			}
		}
	}

	/** Something that buyers, banks, or the provider itself do. */
	async control( provider: 'stripe' | 'upsampler', path: string, body: object, method: 'POST' | 'DELETE' = 'POST' ) {
		const answer = await this[ provider ].inject( {
			method,
			url: `/_emulator/${ path }`,
			...( method === 'POST' ? { payload: body } : {} ),
		} );
		return { status: answer.statusCode, body: answer.body === '' ? {} : ( answer.json() as object ) };
	}

	/** Keeps what happened since the last time, oldest first. */
	async collectEvents(): Promise< void > {
		const since = this.#newest === null ? '' : `&ending_before=${ this.#newest }`;
		const answer = await this.stripe.inject( {
			url: `/v1/events?limit=100${ since }`,
			headers: { authorization: `Bearer ${ STRIPE_KEY }` },
		} );
		const { data } = answer.json() as { data: Stripe.Event[] };
		data.reverse().forEach( ( event ) => this.waiting.push( { event, times: 0 } ) );
		this.#newest = data.at( -1 )?.id ?? this.#newest;
	}

	async statusOf( id: string ): Promise< string > {
		const headers = { authorization: 'Bearer key' };
		const answer = await this.upsampler.inject( { url: `/api/v1/status/${ id }`, headers } );
		return String( ( answer.json() as { status?: string } ).status );
	}

	/** Waits until the upscaler has made what it will make. */
	async settle(): Promise< void > {
		for ( const { id } of this.purchases ) {
			for ( let tries = 0; ! this.#made.has( id ) && tries < 20_000; tries++ ) {
				if ( ! [ 'IN_QUEUE', 'IN_PROGRESS' ].includes( await this.statusOf( id ) ) ) {
					this.#made.add( id );
					break;
				}
				await sleep( 1 );
			}
		}
	}
}
