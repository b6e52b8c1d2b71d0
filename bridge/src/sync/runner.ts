import type { BridgeCommand, Report } from '../contracts.generated.ts';
import { retryLater, type Context, type Result } from '../commands/context.ts';
import { handlerOf } from '../commands/handlers.ts';
import { Lease, LeaseEnding } from '../commands/lease.ts';
import type { Metrics } from '../metrics.ts';
import type { Reports } from './reports.ts';
import { Slots } from './slots.ts';

/** Carries out leased commands side by side and queues their reports. */
export class Runner {
	readonly slots = new Slots();
	readonly #running = new Set< Promise< void > >();

	constructor(
		readonly context: Context,
		readonly reports: Reports,
		readonly metrics: Metrics
	) {}

	get isIdle(): boolean {
		return this.#running.size === 0;
	}

	/** @param askedAt performance.now() from before the request that brought the command. */
	start( command: BridgeCommand, askedAt: number ): void {
		this.slots.occupy( command );
		const work = this.report( command, askedAt ).then( ( report ) => {
			this.slots.vacate( command );
			if ( report ) {
				this.reports.add( report );
			}
		} );
		this.#running.add( work );
		this.metrics.running.set( this.#running.size );
		void work.finally( () => {
			this.#running.delete( work );
			this.metrics.running.set( this.#running.size );
		} );
	}

	/** Carries out one command; null when there is nothing to say about it. Never throws. */
	async report( command: BridgeCommand, askedAt: number ): Promise< Report | null > {
		const done = this.metrics.provider.startTimer( { kind: command.kind } );
		const result = await this.#result( command, new Lease( askedAt, command.lease_ms ) );
		done();
		this.context.health.saw( result );
		this.metrics.commands.inc( { kind: command.kind, outcome: result?.outcome ?? 'none' } );
		this.#log( command, result );
		const { uuid, lease_no } = command;
		return result && { id: `report:${ uuid }:${ lease_no }`, command: uuid, lease_no, ...result };
	}

	/** Resolves when nothing runs any more, or after the given time. */
	async idle( timeoutMs: number ): Promise< void > {
		const timer = new Promise< void >( ( go ) => setTimeout( go, timeoutMs ).unref() );
		await Promise.race( [ Promise.all( this.#running ), timer ] );
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
			return await handler( command, this.context, lease );
		} catch ( error ) {
			if ( ! ( error instanceof LeaseEnding ) ) {
				this.context.log.error(
					{ err: error, kind: command.kind, command: command.uuid },
					'A command broke off.'
				);
			}
			return retryLater(
				error instanceof LeaseEnding ? 'lease_ending' : 'broke_off',
				( error as Error ).message
			);
		}
	}

	#log( command: BridgeCommand, result: Result ): void {
		const { kind, uuid, object, lease_no } = command;
		const level = result?.error ? 'warn' : 'debug';
		this.context.log[ level ](
			{ kind, command: uuid, object, lease_no, outcome: result?.outcome, error: result?.error },
			'Command carried out.'
		);
	}
}
