/** One life of a bridge: its own parts, wired as `bridge/src/bridge.ts` wires them, and driven by hand. What dies is forgotten. */
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../../../bridge/src/app.ts';
import type { Context } from '../../../bridge/src/commands/context.ts';
import { readConfig, type Config } from '../../../bridge/src/config.ts';
import type { HelloResponse, SyncRequest, SyncResponse } from '../../../bridge/src/contracts.generated.ts';
import { ProviderHealth } from '../../../bridge/src/health/provider-health.ts';
import { createLog } from '../../../bridge/src/log.ts';
import { Metrics } from '../../../bridge/src/metrics.ts';
import { Fetcher } from '../../../bridge/src/results/fetcher.ts';
import { createStripe } from '../../../bridge/src/stripe/client.ts';
import { Identity } from '../../../bridge/src/sync/identity.ts';
import { Inbox } from '../../../bridge/src/sync/inbox.ts';
import { SyncLoop } from '../../../bridge/src/sync/loop.ts';
import { Outbox } from '../../../bridge/src/sync/outbox.ts';
import { Worker } from '../../../bridge/src/sync/worker.ts';
import { Upsampler } from '../../../bridge/src/upsampler/client.ts';
import { UpsamplerUpscaler } from '../../../bridge/src/upsampler/upscaler.ts';
import { WordPress } from '../../../bridge/src/wordpress/client.ts';
import { Gateway, type GatewayOptions } from './gateway.ts';
import { STRIPE_KEY } from './providers.ts';

const WEBHOOK_SECRET = 'whsec_schedules';
/** Nobody's: what would be sent there is delivered by the schedule. */
const PUBLIC_URL = 'http://127.0.0.1:1';
/** A hang detector. */
const LONGEST_STEP_MS = 60_000;

export interface Met {
	connection: string;
	site: HelloResponse[ 'site' ];
	home: string;
}

export class Life {
	readonly identity = new Identity();
	readonly outbox = new Outbox();
	readonly #inbox = new Inbox();
	readonly #metrics = new Metrics();
	readonly #context: Context;
	readonly #loop: SyncLoop;
	readonly #app: FastifyInstance;
	readonly #stopping = new AbortController();
	/** Whether it may say something to the site now: by itself it would, whenever its timers say so. */
	#isAwake = false;
	#wakers: ( () => void )[] = [];
	#syncs = 0;
	#syncsEver = 0;
	/** Commands that the last heartbeat brought. */
	lastGiven = 0;

	private constructor(
		readonly name: string,
		readonly gateway: Gateway,
		readonly config: Config,
		met: Met,
		trusted: string[]
	) {
		const log = createLog( process.env[ 'TEST_LOG' ] ?? 'silent' );
		this.identity.hello = { site: met.site, home: met.home } as HelloResponse;
		const stripe = createStripe( config );
		const upscaler = new UpsamplerUpscaler( new Upsampler( config ) );
		const wordpress = new WordPress( config );
		const health = new ProviderHealth( stripe, upscaler, false );
		const [ inbox, outbox, metrics, identity ] = [ this.#inbox, this.outbox, this.#metrics, this.identity ];
		this.#context = {
			stripe,
			upscaler,
			wordpress,
			fetcher: new Fetcher( new Set( trusted ) ),
			inbox,
			health,
			log,
			publicUrl: PUBLIC_URL,
			stopping: this.#stopping.signal,
		};
		const worker = new Worker( this.#context, outbox, metrics );
		this.#loop = new SyncLoop( {
			wordpress: { sync: ( body, timeoutMs ) => this.#sync( body, timeoutMs ) },
			identity,
			inbox,
			outbox,
			worker,
			health,
			metrics,
			log,
			onAnswer: () => {},
			onMismatch: () => {},
		} );
		const wake = () => this.#loop.wake();
		const { lastSync } = wordpress;
		this.#app = buildApp( {
			config,
			stripe,
			inbox,
			outbox,
			worker,
			health,
			identity,
			lastSync,
			metrics,
			log,
			wake,
		} );
		this.#loop.start();
		// Reports wait for the next heartbeat of the schedule.
		outbox.onAdd = () => {};
	}

	static async begin( name: string, met: Met, options: Omit< GatewayOptions, 'life' > ): Promise< Life > {
		const gateway = new Gateway( { ...options, life: name } );
		const url = await gateway.listen();
		const connection = new URL( met.connection );
		connection.host = new URL( url ).host;
		const config = readConfig( {
			SMI_SITE: connection.href,
			STRIPE_SECRET_KEY: STRIPE_KEY,
			STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
			STRIPE_API_BASE: url,
			UPSAMPLER_API_KEY: 'key',
			UPSAMPLER_API_BASE: `${ url }/api/v1`,
			BRIDGE_PUBLIC_URL: PUBLIC_URL,
			LOG_LEVEL: 'silent',
		} );
		return new Life( name, gateway, config, met, [
			new URL( options.siteUrl ).origin,
			options.providers.resultsUrl,
		] );
	}

	get isDead(): boolean {
		return this.gateway.isDead;
	}

	/** One heartbeat, and all that comes of it. */
	async beat(): Promise< void > {
		const before = this.#syncsEver;
		this.#wakeUp();
		this.#loop.wake();
		for ( let tries = 0; this.#syncsEver === before && tries < 20 && ! this.isDead; tries++ ) {
			await sleep( 1 );
		}
		await this.settle();
		this.#isAwake = false;
	}

	/** A webhook comes in; its HTTP status, or null while that hangs. */
	async deliver( url: string, body: string ): Promise< number | null > {
		let status: number | null = null;
		this.#wakeUp();
		const answered = this.#app
			.inject( { method: 'POST', url, headers: headersOf( url, body ), payload: body } )
			.then( ( answer ) => ( status = answer.statusCode ) );
		await sleep( 1 );
		await this.settle();
		if ( this.gateway.held.length === 0 && ! this.isDead ) {
			await answered;
		}
		this.#isAwake = false;
		return status;
	}

	/** Stops in order, as at SIGTERM. */
	async stop(): Promise< void > {
		this.#wakeUp();
		this.#stopping.abort();
		await this.#loop.stop( 5_000 );
		await this.die();
	}

	async die(): Promise< void > {
		this.gateway.die();
		this.#stopping.abort();
		void this.#loop.stop( 1 );
		await this.#app.close();
		const { wordpress, upscaler, fetcher } = this.#context;
		void Promise.all( [ wordpress.close(), upscaler.close(), fetcher.close() ] ).catch( () => {} );
	}

	/** Until nothing moves any more but what is held. */
	async settle(): Promise< void > {
		const end = Date.now() + LONGEST_STEP_MS;
		for ( let calm = 0; calm < 3 && ! this.isDead; ) {
			const running = ( await this.#metrics.running.get() ).values[ 0 ]?.value ?? 0;
			const held = this.gateway.held.length;
			const isBusy = this.gateway.inFlight > held || running + this.#syncs > held;
			calm = isBusy ? 0 : calm + 1;
			if ( Date.now() > end ) {
				throw new Error( `${ this.name } hangs.` );
			}
			await sleep( isBusy ? 1 : 0 );
		}
	}

	#wakeUp(): void {
		this.#isAwake = true;
		this.#wakers.splice( 0 ).forEach( ( go ) => go() );
	}

	async #sync( body: SyncRequest, timeoutMs?: number ): Promise< SyncResponse > {
		if ( ! this.#isAwake ) {
			await new Promise< void >( ( go ) => this.#wakers.push( go ) );
		}
		this.#syncs++;
		this.#syncsEver++;
		try {
			const answer = await this.#context.wordpress.sync( body, timeoutMs );
			this.lastGiven = answer.commands.length;
			return { ...answer, next_in_ms: 60_000 };
		} finally {
			this.#syncs--;
		}
	}
}

function headersOf( url: string, body: string ): Record< string, string > {
	if ( ! url.endsWith( '/stripe' ) ) {
		return { 'content-type': 'application/json' };
	}
	const at = Math.floor( Date.now() / 1000 );
	const v1 = createHmac( 'sha256', WEBHOOK_SECRET ).update( `${ at }.${ body }` ).digest( 'hex' );
	return { 'content-type': 'application/json', 'stripe-signature': `t=${ at },v1=${ v1 }` };
}
