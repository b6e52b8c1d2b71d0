/** A site, both providers, and up to two bridges, for the length of one schedule. */
import type Stripe from 'stripe';
import type { Clock } from './clock.ts';
import type { Gateway, Plan } from './gateway.ts';
import { Life, type Met } from './life.ts';
import type { Providers } from './providers.ts';
import type { Seen, Site } from './site.ts';

export type Name = 'A' | 'B';

export class World {
	readonly story: string[] = [];
	/** What no fault of ours explains. */
	readonly wrongs: string[] = [];
	readonly jobs: string[] = [];
	/** Processes of the site that were killed. */
	phpKills = 0;
	/** Bridges that died or were cut off while they had begun a submit, by attempt. */
	readonly shaken = new Set< string >();
	/** How often the owner made a job again, and was heard. */
	readonly again = new Map< string, number >();
	deaths = 0;
	faults = 0;
	readonly #gateways: Gateway[] = [];
	readonly #lives: Partial< Record< Name, Life > > = {};

	constructor(
		readonly site: Site,
		readonly providers: Providers,
		readonly clock: Clock,
		readonly met: Met
	) {}

	readonly tell = ( line: string ): void => {
		this.story.push( process.env.SMI_STAMP ? `${ Math.round( Date.now() % 1e6 ) } ${ line }` : line );
	};

	/** Whether it may well be unknown what became of an attempt. */
	isDoubtful( attempt: string ): boolean {
		return this.shaken.has( attempt ) || this.#gateways.some( ( { doubtful } ) => doubtful.has( attempt ) );
	}

	/** A bridge that lives. */
	async bridge( name: Name ): Promise< Life > {
		const there = this.#lives[ name ];
		if ( there !== undefined && ! there.isDead ) {
			return there;
		}
		const life = await Life.begin( name, this.met, {
			siteUrl: this.site.url,
			providers: this.providers,
			tell: this.tell,
			onWrong: ( what ) => this.wrongs.push( what ),
		} );
		this.#lives[ name ] = life;
		this.#gateways.push( life.gateway );
		return life;
	}

	get living(): Life[] {
		return Object.values( this.#lives ).filter( ( life ) => ! life.isDead );
	}

	async beat( name: Name, plan: Plan | null = null ): Promise< Life > {
		return this.#during( name, plan, 'heartbeat', ( life ) => life.beat() );
	}

	async deliver( name: Name, event: Stripe.Event, plan: Plan | null = null ): Promise< number | null > {
		let status: number | null = null;
		await this.#during( name, plan, `is told ${ event.type }`, async ( life ) => {
			status = await life.deliver( '/webhooks/stripe', JSON.stringify( event ) );
			this.tell( `${ name }: answers ${ status ?? 'nothing' }` );
		} );
		return status;
	}

	/** The upscaler's word about what was bought. */
	async tellOfPurchase( name: Name, n: number, plan: Plan | null = null ): Promise< void > {
		const purchase = this.providers.purchases[ n ];
		if ( purchase === undefined ) {
			return;
		}
		const body = JSON.stringify( { id: purchase.id, status: await this.providers.statusOf( purchase.id ) } );
		await this.#during( name, plan, `is told of upscale ${ purchase.id }`, async ( life ) => {
			const status = await life.deliver( `/webhooks/upsampler/${ purchase.token }`, body );
			purchase.isTold ||= status === 200;
			this.tell( `${ name }: answers ${ status ?? 'nothing' }` );
		} );
	}

	async kill( name: Name ): Promise< void > {
		const life = this.#lives[ name ];
		if ( life !== undefined && ! life.isDead ) {
			this.deaths++;
			this.#shake( life );
			await life.die();
		}
	}

	async stop( name: Name ): Promise< void > {
		const life = this.#lives[ name ];
		if ( life === undefined || life.isDead ) {
			return;
		}
		if ( life.gateway.held.length > 0 ) {
			return this.kill( name );
		}
		this.tell( `${ name }: stops` );
		await life.stop();
	}

	/** Nothing goes wrong any more. */
	disarm(): void {
		this.living.forEach( ( { gateway } ) => ( gateway.plan = null ) );
	}

	async release(): Promise< void > {
		for ( const life of this.living ) {
			if ( life.gateway.held.length > 0 ) {
				this.tell( `${ life.name }: what hung goes on` );
				life.gateway.release();
				await life.settle();
			}
		}
		await this.#after();
	}

	jump( seconds: number ): void {
		this.clock.jump( seconds );
		this.tell( `${ seconds } s pass` );
	}

	/** Through the back door; null when its process was killed. */
	async act< T >( name: string, body: object = {}, kill?: string ): Promise< T | null > {
		const answer = await this.site.act< T >( name, body, kill );
		this.tell( `site: ${ name } ${ JSON.stringify( body ) }${ answer === null ? ` was killed ${ kill }` : '' }` );
		this.phpKills += answer === null ? 1 : 0;
		return answer;
	}

	async look( events = false ): Promise< Seen > {
		const seen = await this.site.act< Seen >( 'look', events ? { events } : {} );
		if ( seen === null ) {
			throw new Error( 'The site cannot be looked at.' );
		}
		return seen;
	}

	async close(): Promise< void > {
		for ( const life of this.living ) {
			await life.die();
		}
		await this.providers.close();
	}

	async #during(
		name: Name,
		plan: Plan | null,
		what: string,
		work: ( life: Life ) => Promise< void >
	): Promise< Life > {
		const life = await this.bridge( name );
		// What is planned waits until it can come to pass.
		life.gateway.plan ??= plan;
		const armed = life.gateway.plan;
		const before = life.gateway.faults;
		this.tell( `${ name }: ${ what }` );
		await work( life );
		if ( life.gateway.faults > before ) {
			this.faults += life.gateway.faults - before;
			this.#shake( life );
		}
		if ( armed !== null && 'commit' in armed.fault && life.gateway.faults > before ) {
			this.phpKills++;
		}
		if ( life.isDead ) {
			this.deaths++;
			await life.die();
		}
		await this.#after();
		return life;
	}

	#shake( life: Life ): void {
		life.gateway.begun.forEach( ( attempt ) => this.shaken.add( attempt ) );
	}

	async #after(): Promise< void > {
		await this.providers.settle();
		await this.providers.collectEvents();
	}

	/** What the world outside did. */
	async outside( provider: 'stripe' | 'upsampler', path: string, body: object, method: 'POST' | 'DELETE' = 'POST' ) {
		const answer = await this.providers.control( provider, path, body, method );
		this.tell( `${ provider }: ${ method } ${ path } ${ JSON.stringify( body ) } → ${ answer.status }` );
		await this.providers.collectEvents();
		return answer;
	}
}
