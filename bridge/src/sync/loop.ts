import type { SyncResponse } from '../contracts.generated.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { backoff } from './backoff.ts';
import type { Delivery } from './delivery.ts';
import type { Hints } from './hints.ts';
import type { Reports } from './reports.ts';
import type { Runner } from './runner.ts';

const MOST = 100;
/** Few hints: their commands are worth claiming in the same breath. Many: a quick answer is worth more. */
const FEW = 5;
const HEARTBEAT_TIMEOUT_MS = 30_000;
const EXPRESS_TIMEOUT_MS = 10_000;
const LONGEST_PAUSE_MS = 60_000;
const SHORTEST_PAUSE_MS = 20;

export interface LoopParts {
	delivery: Delivery;
	hints: Hints;
	reports: Reports;
	runner: Runner;
	metrics: Metrics;
	log: Log;
	/** Called when an answer comes from a site with another identity. */
	onAnswer: ( answer: SyncResponse ) => void;
}

/**
 * Syncs on two lanes, each one sync at a time: the heartbeat claims commands and brings reports; the express
 * lane carries hints, whose webhooks wait for the answer. Hints that come while one is under way travel together.
 */
export class SyncLoop {
	#heartbeat: Promise< void > | null = null;
	#express: Promise< void > | null = null;
	#timer: NodeJS.Timeout | undefined;
	#isWoken = false;
	#isStopped = false;
	#failures = 0;

	constructor( readonly parts: LoopParts ) {}

	start(): void {
		this.parts.hints.onAdd = () => this.#ride();
		this.parts.reports.onAdd = () => this.wake();
		this.wake();
		this.#ride();
	}

	/** Syncs at once. */
	wake(): void {
		this.#isWoken = true;
		this.#schedule( 0 );
	}

	/** Claims nothing any more, lets running commands end and brings their reports. */
	async stop( timeoutMs: number ): Promise< void > {
		this.#isStopped = true;
		clearTimeout( this.#timer );
		await this.parts.runner.idle( timeoutMs );
		await Promise.all( [ this.#heartbeat, this.#express ] );
		clearTimeout( this.#timer );
		while ( this.parts.reports.size > 0 && ( await this.#sync( { isExpress: false } ) ) !== null ) {}
	}

	#schedule( ms: number ): void {
		if ( this.#heartbeat === null && ! this.#isStopped ) {
			clearTimeout( this.#timer );
			this.#timer = setTimeout( () => this.#beat(), ms );
		}
	}

	#beat(): void {
		this.#isWoken = false;
		this.#heartbeat = this.#sync( { isExpress: false } ).then( ( pause ) => {
			this.#heartbeat = null;
			this.#schedule( this.#isWoken && pause !== null ? 0 : ( pause ?? backoff( this.#failures ) ) );
		} );
	}

	/** The express lane: runs as long as there are hints. */
	#ride(): void {
		if ( this.#express !== null || this.parts.hints.size === 0 ) {
			return;
		}
		this.#express = this.#sync( { isExpress: true } ).then( ( pause ) => {
			this.#express = null;
			if ( pause !== null ) {
				this.wake();
			}
			this.#ride();
		} );
	}

	/** One sync; how long to pause after it, or null when it failed. */
	async #sync( { isExpress }: { isExpress: boolean } ): Promise< number | null > {
		const { delivery, hints, reports, runner, metrics } = this.parts;
		const taken = isExpress ? hints.take( MOST ) : [];
		const isClaiming = ! this.#isStopped && taken.length <= FEW;
		const want = isClaiming ? runner.slots.reserve() : { submit: 0, other: 0 };
		const askedAt = performance.now();
		const timeoutMs = isExpress ? EXPRESS_TIMEOUT_MS : HEARTBEAT_TIMEOUT_MS;
		try {
			const answer = await delivery.deliver( { hints: taken, reports: reports.take( MOST ), want, timeoutMs } );
			runner.slots.release( want );
			return this.#take( answer, askedAt );
		} catch ( error ) {
			runner.slots.release( want );
			this.#failures++;
			metrics.syncs.inc( { result: 'failed' } );
			this.parts.log.warn( { failures: this.#failures }, ( error as Error ).message );
			return null;
		}
	}

	#take( answer: SyncResponse, askedAt: number ): number {
		const { runner, metrics, log } = this.parts;
		if ( this.#failures > 0 ) {
			log.info( 'The site answers again.' );
		}
		this.#failures = 0;
		metrics.syncs.inc( { result: 'ok' } );
		answer.commands.forEach( ( command ) => runner.start( command, askedAt ) );
		this.parts.onAnswer( answer );
		const { next_in_ms: pause } = answer;
		return Math.min( LONGEST_PAUSE_MS, Math.max( SHORTEST_PAUSE_MS, Number( pause ) || 0 ) );
	}
}
