import type { FastifyInstance } from 'fastify';
import { buildApp } from './app.ts';
import type { Context } from './commands/context.ts';
import type { Config } from './config.ts';
import type { HelloResponse, SyncResponse } from './contracts.generated.ts';
import { ProviderHealth } from './health/provider-health.ts';
import type { Log } from './log.ts';
import { Metrics } from './metrics.ts';
import { Fetcher } from './results/fetcher.ts';
import { removeLeftOvers } from './results/work-folder.ts';
import { createStripe } from './stripe/client.ts';
import { Delivery } from './sync/delivery.ts';
import { sayHello } from './sync/hello.ts';
import { Hints } from './sync/hints.ts';
import { Identity } from './sync/identity.ts';
import { SyncLoop } from './sync/loop.ts';
import { Reports } from './sync/reports.ts';
import { Runner } from './sync/runner.ts';
import { Upsampler } from './upsampler/client.ts';
import { WordPress } from './wordpress/client.ts';

/** Running commands may take as long as a provider call and an upload part. */
const STOP_LIMIT_MS = 25_000;

/** The whole service: the only place that wires. It keeps nothing it cannot lose. */
export class Bridge {
	readonly app: FastifyInstance;
	readonly identity = new Identity();
	readonly metrics = new Metrics();
	readonly health: ProviderHealth;
	readonly #hints = new Hints();
	readonly #reports = new Reports();
	readonly #stopping = new AbortController();
	readonly #context: Context;
	readonly #loop: SyncLoop;
	#greeting: Promise< void > | null = null;
	#stopped: Promise< void > | null = null;

	constructor(
		readonly config: Config,
		readonly log: Log
	) {
		this.#context = this.#createContext();
		const { metrics, identity } = this;
		const [ hints, reports, stripe ] = [ this.#hints, this.#reports, this.#context.stripe ];
		const health = ( this.health = this.#context.health );
		health.onChange = () => this.wake();
		const runner = new Runner( this.#context, reports, metrics );
		const delivery = new Delivery( this.#context.wordpress, identity, hints, reports, log, health );
		const onAnswer = ( answer: SyncResponse ) => this.#checkIdentity( answer );
		this.#loop = new SyncLoop( { delivery, hints, reports, runner, metrics, log, onAnswer } );
		const wake = () => this.wake();
		this.app = buildApp( { config, stripe, hints, health, reports, runner, identity, metrics, log, wake } );
	}

	/** Says hello, then syncs until stopped. Returns at once. */
	start(): void {
		removeLeftOvers().catch( ( error: Error ) => this.log.warn( `Old work folders stay: ${ error.message }` ) );
		this.#greeting = this.#greet().then( () => {
			if ( ! this.#stopping.signal.aborted ) {
				this.health.start();
				this.#loop.start();
			}
		} );
	}

	/** Makes the next sync come at once. */
	wake(): void {
		this.#loop.wake();
	}

	/** Claims nothing more, ends what runs, answers the webhooks that wait, and closes. */
	stop( limitMs: number = STOP_LIMIT_MS ): Promise< void > {
		this.#stopped ??= this.#stop( limitMs );
		return this.#stopped;
	}

	async #stop( limitMs: number ): Promise< void > {
		this.#stopping.abort();
		await this.#greeting;
		const { wordpress, upsampler, fetcher } = this.#context;
		await Promise.all( [ this.#loop.stop( limitMs ), this.app.close(), this.health.stop() ] );
		await Promise.all( [ wordpress.close(), upsampler.close(), fetcher.close() ] );
	}

	#createContext(): Context {
		const { config, log } = this;
		const stripe = createStripe( config );
		const upsampler = new Upsampler( config );
		const { origin } = config.site;
		const basic = config.siteBasicAuth === null ? null : { origin, credentials: config.siteBasicAuth };
		const fetcher = new Fetcher( new Set( [ origin, upsampler.origin ] ), basic );
		const wordpress = new WordPress( config );
		return {
			stripe,
			upsampler,
			wordpress,
			fetcher,
			hints: this.#hints,
			health: new ProviderHealth( stripe, upsampler ),
			log,
			publicUrl: config.publicUrl,
		};
	}

	async #greet(): Promise< void > {
		const answer = await sayHello( this.#context.wordpress, this.config, this.log, this.#stopping.signal );
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
		const isChanged = site !== undefined && ! this.identity.isSame( site );
		if ( isChanged && ! this.#stopping.signal.aborted ) {
			this.log.info( 'The site has a new identity; saying hello again.' );
			this.#greeting = this.#greet();
		}
	}
}
