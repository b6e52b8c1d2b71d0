import type { FastifyInstance } from 'fastify';
import { buildApp } from './app.ts';
import type { Context } from './commands/context.ts';
import type { Config } from './config.ts';
import type { HelloResponse, SyncResponse } from './contracts.generated.ts';
import { ProviderHealth } from './health/provider-health.ts';
import type { LastSync } from './last-sync.ts';
import type { Log } from './log.ts';
import { Metrics } from './metrics.ts';
import { Fetcher } from './results/fetcher.ts';
import { watchCalls } from './outbound/watch.ts';
import { removeLeftOvers } from './results/work-folder.ts';
import { accountOf } from './stripe/account.ts';
import { createStripe, isRestrictedKey } from './stripe/client.ts';
import { sayHello } from './sync/hello.ts';
import { Identity } from './sync/identity.ts';
import { Inbox } from './sync/inbox.ts';
import { SyncLoop } from './sync/loop.ts';
import { Outbox } from './sync/outbox.ts';
import { Worker } from './sync/worker.ts';
import { Upsampler } from './upsampler/client.ts';
import { UpsamplerUpscaler } from './upsampler/upscaler.ts';
import { WordPress } from './wordpress/client.ts';

/** Connections that do not close within it are left to the end of the process. */
const CLOSING_MS = 500;

/** The whole service: the only place that wires. It keeps nothing it cannot lose. */
export class Bridge {
	readonly app: FastifyInstance;
	readonly identity = new Identity();
	readonly metrics = new Metrics();
	readonly health: ProviderHealth;
	readonly #inbox = new Inbox();
	readonly #outbox = new Outbox();
	readonly #stopping = new AbortController();
	readonly #context: Context;
	readonly #loop: SyncLoop;
	#account: string | null = null;
	#greeting: Promise< void > | null = null;
	#stopped: Promise< void > | null = null;

	constructor(
		readonly config: Config,
		readonly log: Log
	) {
		this.#context = this.#createContext();
		const { metrics, identity } = this;
		const health = ( this.health = this.#context.health );
		health.onChange = () => this.wake();
		const [ inbox, outbox, { stripe, wordpress } ] = [ this.#inbox, this.#outbox, this.#context ];
		outbox.onLoss = ( { id, command }, why ) => log.error( { report: id, command }, `A report is lost: ${ why }.` );
		const worker = new Worker( this.#context, outbox, metrics );
		const onAnswer = ( answer: SyncResponse ) => this.#checkIdentity( answer );
		const onMismatch = () => this.#greetAgain( 'The site speaks another protocol; saying hello again.' );
		this.#loop = new SyncLoop( {
			wordpress,
			identity,
			inbox,
			outbox,
			worker,
			health,
			metrics,
			log,
			onAnswer,
			onMismatch,
		} );
		const wake = () => this.wake();
		const { lastSync } = this;
		this.app = buildApp( {
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
		metrics.sizes.set( 'hints', () => inbox.size );
		metrics.sizes.set( 'reports', () => outbox.size );
		metrics.syncAge = () => ( lastSync.at === null ? Number.NaN : ( performance.now() - lastSync.at ) / 1000 );
	}

	/** When WordPress last took a sync. */
	get lastSync(): LastSync {
		return this.#context.wordpress.lastSync;
	}

	/** Says hello, then syncs until stopped. Returns at once. */
	start(): void {
		removeLeftOvers().catch( ( error: Error ) => this.log.warn( `Old work folders stay: ${ error.message }` ) );
		const hasStarted = this.#greet().then( () => {
			if ( ! this.#stopping.signal.aborted ) {
				this.health.start( this.#account !== null && ! isRestrictedKey( this.config.stripeKey ) );
				this.#loop.start();
			}
		} );
		this.#greeting = hasStarted.finally( () => ( this.#greeting = null ) );
	}

	/** Makes the next sync come at once. */
	wake(): void {
		this.#loop.wake();
	}

	/** Claims nothing more, ends what moves money, gives back the rest, answers the webhooks that wait, and closes, all within the limit. */
	stop( limitMs: number = this.config.stopMs ): Promise< void > {
		this.#stopped ??= this.#stop( limitMs );
		return this.#stopped;
	}

	async #stop( limitMs: number ): Promise< void > {
		// Closing has its share of the limit.
		const endsAt = performance.now() + Math.max( limitMs / 2, limitMs - CLOSING_MS );
		this.#stopping.abort();
		this.health.stop();
		// A site that hangs is not waited for: nothing was begun before it said hello.
		await within( this.#greeting ?? Promise.resolve(), limitMs / 4 );
		const leftMs = Math.max( 0, endsAt - performance.now() );
		await Promise.all( [ this.#loop.stop( leftMs ), within( this.app.close(), leftMs ) ] );
		const { wordpress, upscaler, fetcher } = this.#context;
		await within( Promise.all( [ wordpress.close(), upscaler.close(), fetcher.close() ] ), CLOSING_MS );
	}

	#createContext(): Context {
		const { config, log } = this;
		const watch = watchCalls( log, this.metrics );
		const stripe = createStripe( config, watch );
		const upscaler = new UpsamplerUpscaler( new Upsampler( config, watch ) );
		const { origin } = config.site;
		const basic = config.siteBasicAuth === null ? null : { origin, credentials: config.siteBasicAuth };
		const fetcher = new Fetcher( new Set( [ origin, upscaler.origin ] ), basic, undefined, { watch } );
		const wordpress = new WordPress( config );
		return {
			stripe,
			upscaler,
			wordpress,
			fetcher,
			inbox: this.#inbox,
			health: new ProviderHealth( stripe, upscaler, isRestrictedKey( config.stripeKey ) ),
			log,
			publicUrl: config.publicUrl,
			stopping: this.#stopping.signal,
		};
	}

	async #greet(): Promise< void > {
		const { wordpress, stripe } = this.#context;
		const account = async () => ( this.#account = await accountOf( stripe ) );
		const answer = await sayHello( wordpress, this.config, this.log, this.#stopping.signal, account );
		if ( answer !== null ) {
			this.#meet( answer );
		}
	}

	#meet( answer: HelloResponse ): void {
		this.identity.hello = answer;
		if ( URL.canParse( answer.home ) ) {
			this.#context.fetcher.trusted.add( new URL( answer.home ).origin );
		}
		this.log.info(
			{ site: answer.site.uuid, home: answer.home, safe_mode: answer.safe_mode },
			'The site answered hello.'
		);
	}

	/** The owner decided "moved" or "copy": pushes must be compared with the new identity. */
	#checkIdentity( { site }: SyncResponse ): void {
		if ( site !== undefined && ! this.identity.isSame( site ) ) {
			this.#greetAgain( 'The site has a new identity; saying hello again.' );
		}
	}

	/** One hello at a time, however many answers ask for it. */
	#greetAgain( why: string ): void {
		if ( this.#greeting === null && ! this.#stopping.signal.aborted ) {
			this.log.info( why );
			this.#greeting = this.#greet().finally( () => ( this.#greeting = null ) );
		}
	}
}

/** Waits, but not for ever. */
async function within( work: Promise< unknown >, ms: number ): Promise< void > {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise< void >( ( go ) => ( timer = setTimeout( go, ms ) ) );
	await Promise.race( [ work, late ] );
	clearTimeout( timer );
}
