import type { Answer, Hint } from '../contracts.generated.ts';
import { SiteUnreachable } from '../wordpress/errors.ts';

type Verdict = Answer[ 'answer' ];

/** A hint on its way, and everybody who waits for its answer. */
export interface PendingHint {
	hint: Hint;
	waiters: { done: ( verdict: Verdict ) => void; failed: ( error: Error ) => void }[];
}

/** Hints that wait for the next sync. The same event, fifty times at once, travels once. */
export class Hints {
	#waiting = new Map< string, PendingHint >();
	/** Called whenever a hint was added. */
	onAdd: () => void = () => {};

	get size(): number {
		return this.#waiting.size;
	}

	/**
	 * What WordPress made of a hint, once it has committed it.
	 *
	 * @throws SiteUnreachable
	 */
	add( hint: Hint ): Promise< Verdict > {
		return new Promise( ( done, failed ) => {
			const pending = this.#waiting.get( hint.id ) ?? { hint, waiters: [] };
			pending.waiters.push( { done, failed } );
			this.#waiting.set( hint.id, pending );
			this.onAdd();
		} );
	}

	/**
	 * Hands over many.
	 *
	 * @throws SiteUnreachable Unless all of them were committed.
	 */
	async addAll( hints: Hint[] ): Promise< void > {
		const verdicts = await Promise.all( hints.map( ( hint ) => this.add( hint ) ) );
		if ( verdicts.includes( 'retry' ) ) {
			throw new SiteUnreachable( 'The site asks to try some hints again.' );
		}
	}

	/** Takes the oldest for a sync; each must then be settled or failed. */
	take( most: number ): PendingHint[] {
		const taken = [ ...this.#waiting.values() ].slice( 0, most );
		taken.forEach( ( { hint } ) => this.#waiting.delete( hint.id ) );
		return taken;
	}

	/** Tells the waiters; a hint without an answer was not committed. */
	settle( taken: PendingHint[], answers: Answer[] ): void {
		const verdicts = new Map( answers.map( ( { id, answer } ) => [ id, answer ] ) );
		for ( const { hint, waiters } of taken ) {
			const verdict = verdicts.get( hint.id ) ?? 'retry';
			waiters.forEach( ( { done } ) => done( verdict ) );
		}
	}

	fail( taken: PendingHint[], error: Error ): void {
		taken.forEach( ( { waiters } ) => waiters.forEach( ( { failed } ) => failed( error ) ) );
	}
}
