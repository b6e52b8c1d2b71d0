import { setTimeout as sleep } from 'node:timers/promises';
import type { SyncRequest, SyncResponse } from '../contracts.generated.ts';
import type { ProviderHealth } from '../health/provider-health.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { PROTOCOL } from '../version.ts';
import type { WordPress } from '../wordpress/client.ts';
import { SiteRefused, SiteUnreachable } from '../wordpress/errors.ts';
import { backoff } from './backoff.ts';
import { NOTHING } from './classes.ts';
import type { Identity } from './identity.ts';
import type { Inbox } from './inbox.ts';
import { LoadSize, MOST } from './load.ts';
import type { Outbox } from './outbox.ts';
import type { Worker } from './worker.ts';

const HEARTBEAT_TIMEOUT_MS = 30_000;
const EXPRESS_TIMEOUT_MS = 10_000;
const LONGEST_PAUSE_MS = 60_000;
/** While something runs so long that its lease is renewed, a sync comes at least that often. */
const LONGEST_PAUSE_AT_WORK_MS = 20_000;
const SHORTEST_PAUSE_MS = 20;
/** While stopping: what was begun is worth another try. */
const AGAIN_MS = 250;
/** Then it may have been updated. */
const OLDER_FOR_MS = 600_000;
/** Webhooks wait for hints, at most 10 s. */
const LONGEST_EXPRESS_PAUSE_MS = 3_000;

export interface LoopParts {
	wordpress: Pick< WordPress, 'sync' >;
	identity: Identity;
	inbox: Inbox;
	outbox: Outbox;
	worker: Worker;
	health: Pick< ProviderHealth, 'forSync' >;
	metrics: Metrics;
	log: Log;
	/** Called when an answer comes, which may be from a site with another identity. */
	onAnswer: ( answer: SyncResponse ) => void;
	/** Called when the site speaks another protocol by now. */
	onMismatch: () => void;
}

/** One message to the site. */
type Message = Pick< SyncRequest, 'hints' | 'reports' | 'want' > &
	Partial< Pick< SyncRequest, 'running' | 'providers' > >;

/**
 * Syncs on two lanes, each one sync at a time. The heartbeat claims commands, brings reports and renews leases. The express lane
 * carries hints, whose webhooks wait for the answer, and nothing else: a lost answer then costs nothing but a repetition. What comes
 * while one is under way travels together.
 */
export class SyncLoop {
	#heartbeat: Promise< void > | null = null;
	#express: Promise< void > | null = null;
	#timer: NodeJS.Timeout | undefined;
	#expressTimer: NodeJS.Timeout | undefined;
	#isStarted = false;
	#isWoken = false;
	#isStopped = false;
	/** The time for stopping is over. */
	#isOver = false;
	/** A load did not come through: the next heartbeat goes without one, so that the site can go on asking for what it wants. */
	#isLoadSuspect = false;
	/** Until then the site is spoken to in older words: it refused even a message without a load, so its plugin is older. */
	#olderUntil = 0;
	#failures = 0;
	#expressFailures = 0;
	/** A heartbeat came through since hints last did not: then it is the hints that do not pass, not the site that is away. */
	#hasBeaten = true;
	readonly #reportLoad = new LoadSize();
	readonly #suspectLoad = new LoadSize();

	constructor( readonly parts: LoopParts ) {}

	start(): void {
		this.#isStarted = true;
		this.parts.inbox.onAdd = () => this.#ride();
		this.parts.outbox.onAdd = () => this.wake();
		this.wake();
		this.#ride();
	}

	/** Syncs at once. */
	wake(): void {
		this.#isWoken = true;
		this.#schedule( 0 );
	}

	/**
	 * Claims nothing any more, gives back what was claimed and not begun, waits for what runs, and brings its reports: until nothing is
	 * left, or the time is over.
	 */
	async stop( timeoutMs: number ): Promise< void > {
		this.#isStopped = true;
		clearTimeout( this.#timer );
		clearTimeout( this.#expressTimer );
		this.parts.worker.stop();
		let timer: NodeJS.Timeout | undefined;
		const deadline = new Promise< 'late' >( ( go ) => ( timer = setTimeout( () => go( 'late' ), timeoutMs ) ) );
		const end = await Promise.race( [ this.#drain(), deadline ] );
		clearTimeout( timer );
		this.#isOver = true;
		if ( end === 'late' ) {
			this.parts.log.warn( 'Stopped before everything was finished; what was begun is found out about later.' );
		}
	}

	async #drain(): Promise< void > {
		const { worker, outbox, inbox } = this.parts;
		await Promise.all( [ this.#heartbeat, this.#express ] );
		while ( this.#isStarted && inbox.size > 0 && ( await this.#carryHints() ) ) {}
		await worker.idle();
		while ( this.#isStarted && outbox.size > 0 && ! this.#isOver ) {
			if ( ( await this.#beatOnce() ) === null ) {
				await sleep( AGAIN_MS );
			}
		}
	}

	get #isPluginOlder(): boolean {
		return performance.now() < this.#olderUntil;
	}

	#schedule( ms: number ): void {
		if ( this.#heartbeat === null && ! this.#isStopped ) {
			clearTimeout( this.#timer );
			this.#timer = setTimeout( () => this.#beat(), ms );
		}
	}

	#beat(): void {
		this.#isWoken = false;
		this.#heartbeat = this.#beatOnce().then( ( pause ) => {
			this.#heartbeat = null;
			this.#schedule( this.#isWoken && pause !== null ? 0 : ( pause ?? backoff( this.#failures ) ) );
		} );
	}

	/** One heartbeat; how long to pause after it, or null when it failed. */
	async #beatOnce(): Promise< number | null > {
		const { outbox, worker } = this.parts;
		const reports = this.#isLoadSuspect ? [] : outbox.take( this.#reportLoad.most );
		const want = this.#isStopped ? NOTHING : worker.slots.reserve();
		const running = worker.long();
		const askedAt = performance.now();
		try {
			const message = {
				hints: [],
				reports,
				want,
				...( running.length > 0 ? { running } : {} ),
				...this.#health(),
			};
			const answer = await this.#send( message, HEARTBEAT_TIMEOUT_MS );
			worker.slots.release( want );
			// A plugin that knows nothing of renewing has not taken anything away either.
			if ( answer.renewed !== undefined ) {
				worker.renew( running, answer.renewed, askedAt );
			}
			return this.#arrived( answer, reports.length, askedAt );
		} catch ( error ) {
			worker.slots.release( want );
			return this.#missed( error as Error, reports );
		}
	}

	/** What is known of the providers. */
	#health(): Pick< Message, 'providers' > {
		const providers = this.parts.health.forSync();
		return providers === undefined ? {} : { providers };
	}

	#arrived( answer: SyncResponse, sent: number, askedAt: number ): number {
		const { worker, log } = this.parts;
		if ( this.#failures > 0 ) {
			log.info( 'The site answers again.' );
		}
		this.#failures = 0;
		this.#hasBeaten = true;
		this.#isLoadSuspect = false;
		if ( sent > 0 ) {
			this.#reportLoad.succeeded( sent );
		}
		answer.commands.forEach( ( command ) => worker.start( command, askedAt ) );
		this.#rideAfterFailures();
		const pause = Math.max( SHORTEST_PAUSE_MS, Number( answer.next_in_ms ) || 0 );
		return this.parts.outbox.size > 0
			? SHORTEST_PAUSE_MS
			: Math.min( pause, worker.isAtLongWork ? LONGEST_PAUSE_AT_WORK_MS : LONGEST_PAUSE_MS );
	}

	#missed( error: Error, reports: SyncRequest[ 'reports' ] ): number | null {
		const { outbox, log } = this.parts;
		const isRefused = error instanceof SiteRefused && error.status === 400;
		if ( isRefused && reports.length === 0 && ! this.#isPluginOlder ) {
			log.warn( 'The plugin is older than this bridge. Update it; until then pictures wait.' );
			this.#olderUntil = performance.now() + OLDER_FOR_MS;
			return SHORTEST_PAUSE_MS;
		}
		if ( reports.length > 0 ) {
			this.#reportLoad.failed( reports.length, isRefused );
			this.#isLoadSuspect = ! isRefused;
		}
		if ( isRefused && reports.length === 1 ) {
			log.error( { report: reports[ 0 ]?.id }, `The site refuses a message: ${ error.message }` );
		} else {
			outbox.putBack( reports, error.message );
		}
		if ( isRefused && reports.length > 0 ) {
			return SHORTEST_PAUSE_MS;
		}
		this.#failures++;
		log.warn( { failures: this.#failures }, error.message );
		return null;
	}

	/** The express lane: runs as long as there are hints. */
	#ride(): void {
		if (
			this.#express !== null ||
			this.parts.inbox.size === 0 ||
			this.#isStopped ||
			this.#expressTimer !== undefined
		) {
			return;
		}
		this.#express = this.#carryHints().then( ( isThrough ) => {
			this.#express = null;
			if ( isThrough ) {
				this.wake();
				this.#ride();
			} else if ( ! this.#isStopped ) {
				this.wake();
				const pause = Math.min( LONGEST_EXPRESS_PAUSE_MS, backoff( this.#expressFailures ) );
				this.#expressTimer = setTimeout( () => this.#rideAfterFailures(), pause );
			}
		} );
	}

	/** Tries again now what did not come through before. */
	#rideAfterFailures(): void {
		clearTimeout( this.#expressTimer );
		this.#expressTimer = undefined;
		this.#ride();
	}

	/** One sync with hints; whether the site took them, or will never. */
	async #carryHints(): Promise< boolean > {
		const { inbox, log } = this.parts;
		const taken = inbox.take( MOST, this.#suspectLoad.most );
		const isSuspect = taken.some( ( pending ) => pending.isSuspect );
		try {
			const hints = taken.map( ( { hint } ) => hint );
			const answer = await this.#send( { hints, reports: [], want: NOTHING }, EXPRESS_TIMEOUT_MS );
			if ( isSuspect ) {
				this.#suspectLoad.succeeded( taken.length );
			}
			const isTaken = inbox.settle( taken, answer.answers );
			this.#expressFailures = isTaken ? 0 : this.#expressFailures + 1;
			return isTaken;
		} catch ( error ) {
			const isRefused = error instanceof SiteRefused && error.status === 400;
			const isToBlame = isRefused || this.#hasBeaten;
			this.#hasBeaten = false;
			if ( isToBlame ) {
				this.#suspectLoad.failed( taken.length, isRefused || isSuspect );
			}
			const failure = asUnreachable( error as Error );
			if ( isRefused && taken.length === 1 ) {
				log.error( { hint: taken[ 0 ]?.hint.id }, `The site refuses a message: ${ failure.message }` );
				inbox.drop( taken, failure );
				return true;
			}
			inbox.putBack( taken, failure, isToBlame );
			this.#expressFailures += isRefused ? 0 : 1;
			return isRefused;
		}
	}

	/** @throws SiteUnreachable | SiteRefused */
	async #send( message: Message, timeoutMs: number ): Promise< SyncResponse > {
		const { wordpress, identity, metrics, onAnswer, onMismatch } = this.parts;
		const { site } = identity;
		try {
			const newest = { protocol: PROTOCOL, ...( site === null ? {} : { site } ), ...message };
			const answer = await wordpress.sync( this.#isPluginOlder ? inOlderWords( newest ) : newest, timeoutMs );
			metrics.syncs.inc( { result: 'ok' } );
			onAnswer( answer );
			return answer;
		} catch ( error ) {
			metrics.syncs.inc( { result: 'failed' } );
			if ( error instanceof SiteRefused && error.status === 426 ) {
				onMismatch();
			}
			throw error;
		}
	}
}

/** What the first plugins take, whose contracts allow nothing else. */
function inOlderWords( { site, hints, reports, want }: SyncRequest ): SyncRequest {
	const plain = hints.map( ( { state: _, ...hint } ) => hint );
	const { submit, other } = want;
	return { ...( site === undefined ? {} : { site } ), hints: plain, reports, want: { submit, other } };
}

function asUnreachable( error: Error ): Error {
	return error instanceof SiteUnreachable ? error : new SiteUnreachable( error.message, { cause: error } );
}
