import type { FastifyInstance } from 'fastify';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import Stripe from 'stripe';
import { buildStripeEmulator, type StripeEmulatorOptions } from '../../tools/emulators/stripe/app.ts';

/** Any JSON answer; tests look into it freely. */

export type Json = any;

export async function listen( t: TestContext, app: FastifyInstance ): Promise< string > {
	const url = await app.listen( { host: '127.0.0.1', port: 0 } );
	t.after( () => app.close() );
	return url;
}

export function clientFor( url: string, key = 'sk_test_emulator' ): Stripe {
	const { hostname, port } = new URL( url );
	return new Stripe( key, { host: hostname, port, protocol: 'http', maxNetworkRetries: 0, timeout: 3000 } );
}

export async function call(
	url: string,
	path: string,
	body?: unknown,
	method = body === undefined ? 'GET' : 'POST'
): Promise< { status: number; json: Json } > {
	const init =
		body === undefined
			? { method }
			: { method, body: JSON.stringify( body ), headers: { 'content-type': 'application/json' } };
	const response = await fetch( url + path, init );
	return { status: response.status, json: await response.json() };
}

export interface Hook {
	body: string;
	signature: string;
	json: Json;
}

export interface Receiver {
	url: string;
	hooks: Hook[];
	/** Answers for the next requests; afterwards 200. */
	statuses: number[];
	types: () => string[];
}

/** Something that webhooks can be sent to. */
export async function receiver( t: TestContext ): Promise< Receiver > {
	const result: Receiver = {
		url: '',
		hooks: [],
		statuses: [],
		types: () => result.hooks.map( ( hook ) => hook.json.type ),
	};
	const server: Server = createServer( ( request, response ) => {
		const parts: Buffer[] = [];
		request.on( 'data', ( part: Buffer ) => parts.push( part ) );
		request.on( 'end', () => {
			const body = Buffer.concat( parts ).toString( 'utf8' );
			result.hooks.push( {
				body,
				signature: String( request.headers[ 'stripe-signature' ] ),
				json: JSON.parse( body ),
			} );
			response.writeHead( result.statuses.shift() ?? 200 ).end();
		} );
	} );
	await new Promise< void >( ( resolve ) => server.listen( 0, '127.0.0.1', resolve ) );
	t.after( () => {
		server.closeAllConnections();
		server.close();
	} );
	result.url = `http://127.0.0.1:${ ( server.address() as AddressInfo ).port }/hook`;
	return result;
}

export async function until< T >( look: () => T | Promise< T >, ms = 5000 ): Promise< NonNullable< T > > {
	const end = Date.now() + ms;
	for (;;) {
		const value = await look();
		if ( value ) {
			return value as NonNullable< T >;
		}
		if ( Date.now() > end ) {
			throw new Error( 'What was waited for did not happen.' );
		}
		await sleep( 20 );
	}
}

export const SALE: Stripe.Checkout.SessionCreateParams = {
	mode: 'payment',
	success_url: 'https://shop.example/done?s={CHECKOUT_SESSION_ID}',
	cancel_url: 'https://shop.example/cancel',
	customer_email: 'ada@example.com',
	line_items: [
		{
			quantity: 1,
			price_data: {
				currency: 'usd',
				unit_amount: 1250,
				product_data: { name: 'Harbour, 4x', images: [ 'https://shop.example/a.jpg' ] },
			},
		},
	],
	metadata: { smi_job: 'job-1' },
	payment_intent_data: { metadata: { smi_job: 'job-1' } },
	adaptive_pricing: { enabled: false },
};

export interface Setup {
	url: string;
	stripe: Stripe;
	control: ( path: string, body?: unknown, method?: string ) => Promise< { status: number; json: Json } >;
	/** A new session, taken to an outcome. */
	sale: ( outcome?: string ) => Promise< Json >;
	/** A paid session's intent id. */
	paid: () => Promise< string >;
}

export async function setup( t: TestContext, options: StripeEmulatorOptions = {} ): Promise< Setup > {
	const url = await listen( t, buildStripeEmulator( options ) );
	const stripe = clientFor( url );
	const control: Setup[ 'control' ] = ( path, body, method ) => call( url, `/_emulator${ path }`, body, method );
	const sale: Setup[ 'sale' ] = async ( outcome ) => {
		const session = await stripe.checkout.sessions.create( SALE );
		return outcome === undefined
			? session
			: ( await control( `/checkout/sessions/${ session.id }`, { outcome } ) ).json;
	};
	return { url, stripe, control, sale, paid: async () => ( await sale( 'pay' ) ).payment_intent };
}
