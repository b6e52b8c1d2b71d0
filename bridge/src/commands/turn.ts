import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { BeginRequest } from '../contracts.generated.ts';
import type { Lease } from '../protocol/lease.ts';
import { retryLater, type Result } from '../protocol/result.ts';
import { SiteRefused } from '../wordpress/errors.ts';
import type { Context } from './context.ts';

const BEGIN_TRIES = 3;
const GIVE_BACK_TRIES = 4;
const PAUSE_MS = 200;

/**
 * Our turn to send an attempt, under a random word of our own: the site gives it to one, and hears from him alone that he did not use
 * it. Both questions are asked again when their answer is lost, for the same word hears the same answer.
 */
export class Turn {
	readonly #pair: BeginRequest;

	constructor(
		readonly context: Pick< Context, 'wordpress' | 'log' | 'stopping' >,
		readonly attempt: string,
		leaseNo: number
	) {
		this.#pair = { lease_no: leaseNo, turn: randomUUID() };
	}

	/** @return Null: it is our turn. Else what to report; then nothing of ours is left open. */
	async begin( lease: Lease ): Promise< Result > {
		let why = '';
		for ( let tries = 1; tries <= BEGIN_TRIES && isWorthwhile( this.context, lease ); tries++ ) {
			try {
				await this.context.wordpress.begin( this.attempt, this.#pair );
				return null;
			} catch ( error ) {
				why = ( error as Error ).message;
				if ( error instanceof SiteRefused && tries === 1 ) {
					return retryLater( 'not_begun', why, { status: error.status } );
				}
			}
			await pause( PAUSE_MS * tries );
		}
		// One of them may have arrived.
		await this.giveBack();
		return retryLater( 'not_begun', why );
	}

	/** We did not send. Should the site not hear it either, it will call the attempt unknown when the lease ends, and not send it again. */
	async giveBack(): Promise< void > {
		for ( let tries = 1; tries <= GIVE_BACK_TRIES; tries++ ) {
			try {
				// Some hosts let no DELETE through, others take its body away.
				await this.context.wordpress.giveBack( this.attempt, this.#pair, tries % 2 === 0 );
				return;
			} catch ( error ) {
				if ( error instanceof SiteRefused && [ 404, 409 ].includes( error.status ) ) {
					return;
				}
			}
			await pause( PAUSE_MS * tries );
		}
		this.context.log.warn( { attempt: this.attempt }, 'A turn that was not used could not be given back.' );
	}
}

/** Whether the call to the provider could still follow. */
function isWorthwhile( { stopping }: Pick< Context, 'stopping' >, lease: Lease ): boolean {
	return ! stopping?.aborted && lease.leftMs > 0;
}
