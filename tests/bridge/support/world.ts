import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { buildStripeEmulator } from '../../../tools/emulators/stripe/app.ts';
import { buildUpsamplerEmulator } from '../../../tools/emulators/upsampler/app.ts';
import { Bridge } from '../../../bridge/src/bridge.ts';
import { readConfig } from '../../../bridge/src/config.ts';
import type { BridgeCommand } from '../../../bridge/src/contracts.generated.ts';
import { createLog } from '../../../bridge/src/log.ts';
import { FakeWordPress } from './fake-wordpress.ts';

export const WEBHOOK_SECRET = 'whsec_first';
export const STRIPE_KEY = 'sk_test_bridge';

/** A bridge among real emulators and a fake WordPress, each on a port of its own. */
export class World {
	readonly wordpress = new FakeWordPress();
	stripe!: FastifyInstance;
	upsampler!: FastifyInstance;
	bridge!: Bridge;
	stripeUrl = '';
	upsamplerUrl = '';
	url = '';

	/** Whether the bridge looks after its keys by itself: those calls would stand among the ones that a test counts. */
	isLooking = false;

	static async create( env: Record< string, string > = {}, isLooking = false ): Promise< World > {
		const world = new World();
		world.isLooking = isLooking;
		await world.wordpress.listen();
		// The tests themselves ask faster than an account may; what a 429 does, they say by a fault.
		world.stripe = buildStripeEmulator( { settings: { rate_test: 0, rate_live: 0 } } );
		world.stripeUrl = await world.stripe.listen( { host: '127.0.0.1', port: 0 } );
		world.upsampler = buildUpsamplerEmulator( { queueMs: 20, workMs: 20 } );
		world.upsamplerUrl = await world.upsampler.listen( { host: '127.0.0.1', port: 0 } );
		await world.startBridge( env );
		return world;
	}

	env(): Record< string, string > {
		return {
			SMI_SITE: this.wordpress.connectionString,
			STRIPE_SECRET_KEY: STRIPE_KEY,
			STRIPE_WEBHOOK_SECRET: `${ WEBHOOK_SECRET },whsec_second`,
			STRIPE_API_BASE: this.stripeUrl,
			UPSAMPLER_API_KEY: 'key',
			UPSAMPLER_API_BASE: `${ this.upsamplerUrl }/api/v1`,
			LOG_LEVEL: process.env[ 'TEST_LOG' ] ?? 'silent',
		};
	}

	async startBridge( env: Record< string, string > = {} ): Promise< void > {
		const config = readConfig( { ...this.env(), ...env } );
		this.bridge = new Bridge( config, createLog( config.logLevel ) );
		this.url = await this.bridge.app.listen( { host: '127.0.0.1', port: 0 } );
		if ( ! this.isLooking ) {
			this.bridge.health.stop();
		}
		this.bridge.start();
	}

	async close(): Promise< void > {
		await this.bridge.stop( 2_000 );
		await Promise.all( [ this.wordpress.close(), this.stripe.close(), this.upsampler.close() ] );
	}

	/** Gives the bridge a command and lets it come for it at once. */
	give( command: BridgeCommand ): void {
		this.wordpress.commands.push( command );
		this.bridge.wake();
	}

	async stripeCall( path: string, form: Record< string, string > ): Promise< { id: string } > {
		const headers = {
			authorization: `Bearer ${ STRIPE_KEY }`,
			'content-type': 'application/x-www-form-urlencoded',
		};
		const body = new URLSearchParams( form );
		const answer = await fetch( this.stripeUrl + path, { method: 'POST', headers, body } );
		return answer.json() as Promise< { id: string } >;
	}

	async control( base: string, path: string, body: unknown = {} ): Promise< void > {
		await fetch( `${ base }/_emulator${ path }`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify( body ),
		} );
	}

	async calls(
		base: string
	): Promise< { method: string; path: string; idempotency_key: string | null; status: number }[] > {
		const all = ( await ( await fetch( `${ base }/_emulator/calls` ) ).json() ) as { path: string }[];
		// A bridge that says hello asks whose key it has; no test counts that.
		return all.filter( ( { path } ) => path !== '/v1/account' ) as never;
	}

	async clearFaults( base: string ): Promise< void > {
		await fetch( `${ base }/_emulator/faults`, { method: 'DELETE' } );
	}
}

/** A leased command. */
export function leased< Kind extends BridgeCommand[ 'kind' ] >(
	kind: Kind,
	payload: Extract< BridgeCommand, { kind: Kind } >[ 'payload' ],
	leaseMs = 180_000
): Extract< BridgeCommand, { kind: Kind } > {
	return {
		uuid: randomUUID(),
		kind,
		object: randomUUID(),
		lease_no: 1,
		lease_ms: leaseMs,
		payload,
	} as unknown as Extract< BridgeCommand, { kind: Kind } >;
}

/** What a checkout is asked for with. */
export function sessionParameters( job: string, site: string, amount = 500 ): Record< string, unknown > {
	const metadata = { smi_job: job, smi_site: site, smi_attachment: '34', smi_post: '12', smi_resolution: '4x' };
	return {
		mode: 'payment',
		success_url: 'http://127.0.0.1/thanks',
		cancel_url: 'http://127.0.0.1/back',
		expires_at: Math.floor( Date.now() / 1000 ) + 3_500,
		line_items: [
			{
				quantity: 1,
				price_data: { currency: 'usd', unit_amount: amount, product_data: { name: 'Picture, 4x' } },
			},
		],
		metadata,
		payment_intent_data: { metadata },
		adaptive_pricing: { enabled: false },
	};
}

/** Parameters as Stripe's API takes them. */
export function formOf( value: unknown, path = '' ): Record< string, string > {
	if ( typeof value !== 'object' || value === null ) {
		return { [ path ]: String( value ) };
	}
	const parts = Object.entries( value ).map( ( [ key, inner ] ) =>
		formOf( inner, path === '' ? key : `${ path }[${ key }]` )
	);
	return Object.assign( {}, ...parts ) as Record< string, string >;
}
