import type { BridgeCommand, Report, SyncRequest } from '../contracts.generated.ts';
import type { Context } from '../commands/context.ts';
import { handlerOf } from '../commands/handlers.ts';
import { outcomeLine } from '../outcome-line.ts';
import type { Metrics } from '../metrics.ts';
import { Lease, LeaseEnding } from '../protocol/lease.ts';
import { retryLater, type Result } from '../protocol/result.ts';
import { Slots } from './classes.ts';
import type { Outbox } from './outbox.ts';

/** Work that takes longer than that has its lease renewed with every sync. */
const LONG_MS = 30_000;

/** Nothing good takes longer: the lease is left to end. */
const LONGEST_MS = 1_800_000;

/** What may be repeated, and may take longer than a lease. */
const RENEWED = [ 'refresh_attempt', 'reconcile' ];

interface Run {
	command: BridgeCommand;
	lease: Lease;
	startedAt: number;
}

type Running = NonNullable< SyncRequest[ 'running' ] >;

/** Carries out leased commands side by side and queues their reports. A command runs once: a newer lease ends the older run. */
export class Worker {
	readonly slots = new Slots();
	readonly #runs = new Map< string, Run >();
	readonly #ending = new Set< Promise< void > >();
	#isStopping = false;

	constructor(
		readonly context: Context,
		readonly outbox: Outbox,
		readonly metrics: Metrics
	) {}

	/** @param askedAt performance.now() from before the request that brought the command. */
	start( command: BridgeCommand, askedAt: number ): void {
		const older = this.#runs.get( command.uuid );
		if ( older && older.command.lease_no >= command.lease_no ) {
			return;
		}
		if ( this.#isStopping ) {
			this.outbox.add( givenBack( command ) );
			return;
		}
		older?.lease.end( 'The command was handed out again.' );
		this.#run( command, new Lease( askedAt, command.lease_ms ) );
	}

	/** Carries out one command; null when there is nothing to say about it. Never throws. */
	async report( command: BridgeCommand, askedAt: number ): Promise< Report | null > {
		return this.#report( command, new Lease( askedAt, command.lease_ms ) );
	}

	/** Whether leases have to be renewed. */
	get isAtLongWork(): boolean {
		return [ ...this.#runs.values() ].some( ( { command } ) => RENEWED.includes( command.kind ) );
	}

	/** What is still being worked on after so long that its lease should be renewed. */
	long(): Running {
		const now = performance.now();
		return [ ...this.#runs.values() ]
			.filter( ( { command, startedAt } ) => RENEWED.includes( command.kind ) && now - startedAt > LONG_MS )
			.filter( ( { startedAt } ) => now - startedAt < LONGEST_MS )
			.map( ( { command } ) => ( { command: command.uuid, lease_no: command.lease_no } ) );
	}

	/** The site renewed some leases; the others are somebody else's now, or nobody's. */
	renew( asked: Running, renewed: string[], askedAt: number ): void {
		for ( const { command: uuid, lease_no } of asked ) {
			const run = this.#runs.get( uuid );
			if ( run?.command.lease_no !== lease_no ) {
				continue;
			}
			if ( renewed.includes( uuid ) ) {
				run.lease.renew( askedAt );
			} else {
				run.lease.end( 'The site has given the command to somebody else.' );
			}
		}
	}

	/** From now on nothing starts; what may be repeated breaks off, what moves money ends. */
	stop(): void {
		this.#isStopping = true;
		for ( const { command, lease } of this.#runs.values() ) {
			if ( RENEWED.includes( command.kind ) ) {
				lease.end( 'The bridge is stopping.' );
			}
		}
	}

	/** Resolves when nothing runs any more. */
	async idle(): Promise< void > {
		while ( this.#ending.size > 0 ) {
			await Promise.all( this.#ending );
		}
	}

	#run( command: BridgeCommand, lease: Lease ): void {
		this.slots.occupy( command );
		const done = this.#report( command, lease ).then( ( report ) => {
			this.slots.vacate( command );
			if ( this.#runs.get( command.uuid )?.lease === lease ) {
				this.#runs.delete( command.uuid );
			}
			if ( report ) {
				this.outbox.add( report );
			}
		} );
		this.#runs.set( command.uuid, { command, lease, startedAt: performance.now() } );
		this.#ending.add( done );
		this.metrics.running.set( this.#ending.size );
		void done.finally( () => {
			this.#ending.delete( done );
			this.metrics.running.set( this.#ending.size );
		} );
	}

	async #report( command: BridgeCommand, lease: Lease ): Promise< Report | null > {
		const done = this.metrics.provider.startTimer( { kind: command.kind } );
		const result = await this.#result( command, lease );
		done();
		this.context.health.saw( result );
		this.metrics.commands.inc( { kind: command.kind, outcome: result?.outcome ?? 'none' } );
		this.#log( command, result );
		return result && { ...addressed( command ), ...result };
	}

	async #result( command: BridgeCommand, lease: Lease ): Promise< Result > {
		const handler = handlerOf( command );
		if ( ! handler ) {
			this.context.log.warn(
				{ kind: command.kind },
				'This bridge does not know such a command; a newer one may.'
			);
			return null;
		}
		try {
			const result = await handler( command, this.context, lease );
			const isCut = lease.signal.aborted && result?.outcome === 'retry';
			return isCut ? this.#brokeOff( command, lease, lease.signal.reason as Error ) : result;
		} catch ( error ) {
			return this.#brokeOff( command, lease, error as Error );
		}
	}

	#brokeOff( command: BridgeCommand, lease: Lease, error: Error ): Result {
		if ( error instanceof LeaseEnding || lease.signal.aborted ) {
			return retryLater( this.#isStopping ? 'stopping' : 'lease_ending', error.message );
		}
		this.context.log.error( { err: error, kind: command.kind, command: command.uuid }, 'A command broke off.' );
		return retryLater( 'broke_off', error.message );
	}

	#log( command: BridgeCommand, result: Result ): void {
		const { level, fields, words } = outcomeLine( command, result );
		this.context.log[ level ]( fields, words );
	}
}

function addressed( { uuid, lease_no }: BridgeCommand ): Pick< Report, 'id' | 'command' | 'lease_no' > {
	return { id: `report:${ uuid }:${ lease_no }`, command: uuid, lease_no };
}

/** Claimed by a sync that was under way when we were told to stop: nothing of it was begun. */
function givenBack( command: BridgeCommand ): Report {
	const error = { code: 'stopping', message: 'The bridge is stopping; nothing was begun.' };
	return { ...addressed( command ), outcome: 'retry', error };
}
