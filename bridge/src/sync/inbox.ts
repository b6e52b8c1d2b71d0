import type { Answer, Hint } from '../contracts.generated.ts';
import { SiteUnreachable } from '../wordpress/errors.ts';

type Verdict = Answer[ 'answer' ];

/** Who sent a hint: payments are never kept waiting by anything else. */
export type Sender = 'stripe' | 'other';

/** What gathers while the site is away is bounded: a provider sends again what was answered with 503. */
const CAPACITY: Record< Sender, number > = { stripe: 5_000, other: 500 };

/** One that fails so often alone, while others come through, is let go; whoever sent it was told so each time. */
const MOST_FAILURES = 10;

/** A hint on its way, and everybody who waits for its answer. */
export interface PendingHint {
	hint: Hint;
	sender: Sender;
	/** It was in a load that did not pass, and rides with its like until it is known which of them is to blame. */
	isSuspect: boolean;
	/** How often it did not pass alone. */
	failures: number;
	waiters: { done: ( verdict: Verdict ) => void; failed: ( error: Error ) => void }[];
}

/** More hints than can be kept. The provider has to send it again. */
export class InboxFull extends Error {
	override name = 'InboxFull';
}

/**
 * Hints that wait for the next sync, Stripe's in front of all others. The same event, fifty times at once, travels once. A hint
 * whose waiters were told "try again" stays all the same: the site hears of it as soon as it answers, not only when the provider comes back.
 */
export class Inbox {
	readonly #queues: Record< Sender, Map< string, PendingHint > > = { stripe: new Map(), other: new Map() };
	/** Called whenever a hint was added. */
	onAdd: () => void = () => {};

	get size(): number {
		return this.#queues.stripe.size + this.#queues.other.size;
	}

	/**
	 * What WordPress made of a hint, once it has committed it.
	 *
	 * @throws SiteUnreachable | InboxFull
	 */
	add( hint: Hint, sender: Sender ): Promise< Verdict > {
		const queue = this.#queues[ sender ];
		const there = queue.get( hint.id );
		if ( ! there && queue.size >= CAPACITY[ sender ] ) {
			return Promise.reject( new InboxFull( 'Too many hints wait for the site.' ) );
		}
		return new Promise( ( done, failed ) => {
			const pending = there ?? { hint, sender, isSuspect: false, failures: 0, waiters: [] };
			pending.waiters.push( { done, failed } );
			queue.set( hint.id, pending );
			this.onAdd();
		} );
	}

	/**
	 * Hands over many that were looked up here, and can be again.
	 *
	 * @throws SiteUnreachable | InboxFull Unless all of them were committed.
	 */
	async addAll( hints: Hint[] ): Promise< void > {
		const verdicts = await Promise.all( hints.map( ( hint ) => this.add( hint, 'other' ) ) );
		if ( verdicts.includes( 'retry' ) ) {
			throw new SiteUnreachable( 'The site asks to try some hints again.' );
		}
	}

	/**
	 * Takes the oldest for a sync, Stripe's first; each must then be settled or put back. Suspects only while there is nothing else: who
	 * comes after them must not fail with them.
	 */
	take( most: number, mostSuspects: number ): PendingHint[] {
		const all = [ ...this.#queues.stripe.values(), ...this.#queues.other.values() ];
		const fresh = all.filter( ( { isSuspect } ) => ! isSuspect );
		const taken = fresh.length > 0 ? fresh.slice( 0, most ) : all.slice( 0, mostSuspects );
		taken.forEach( ( { hint, sender } ) => this.#queues[ sender ].delete( hint.id ) );
		return taken;
	}

	/**
	 * Tells the waiters; a hint without an answer was not committed, and waits at the end of the line.
	 *
	 * @return Whether all of them are done with.
	 */
	settle( taken: PendingHint[], answers: Answer[] ): boolean {
		const verdicts = new Map( answers.map( ( { id, answer } ) => [ id, answer ] ) );
		const verdictOf = ( { hint }: PendingHint ) => verdicts.get( hint.id ) ?? 'retry';
		taken.forEach( ( pending ) => pending.waiters.forEach( ( { done } ) => done( verdictOf( pending ) ) ) );
		const again = taken.filter( ( pending ) => verdictOf( pending ) === 'retry' );
		this.#keep( again, 'end', true );
		return again.length === 0;
	}

	/**
	 * Tells the waiters that it did not come through, and keeps the hints for the next sync: in front, unless one alone was the whole
	 * load, which must not block the others.
	 *
	 * @param isToBlame Whether it is the load that does not pass: the site answers other messages.
	 */
	putBack( taken: PendingHint[], error: Error, isToBlame: boolean ): void {
		taken.forEach( ( { waiters } ) => waiters.forEach( ( { failed } ) => failed( error ) ) );
		const isAlone = isToBlame && taken.length === 1;
		const kept = isToBlame ? taken.map( ( pending ) => ( { ...pending, isSuspect: true } ) ) : taken;
		this.#keep( kept, isAlone ? 'end' : 'front', isAlone );
	}

	/** Lets go of what can never be delivered. */
	drop( taken: PendingHint[], error: Error ): void {
		taken.forEach( ( { waiters } ) => waiters.forEach( ( { failed } ) => failed( error ) ) );
	}

	#keep( taken: PendingHint[], where: 'front' | 'end', isCounted: boolean ): void {
		const more = isCounted ? 1 : 0;
		for ( const sender of [ 'stripe', 'other' ] as const ) {
			const waiting = this.#queues[ sender ];
			const kept = taken
				.filter( ( pending ) => pending.sender === sender && pending.failures + more < MOST_FAILURES )
				.map( ( pending ) => ( { ...pending, failures: pending.failures + more, waiters: [] } ) )
				// One that came again meanwhile has its waiters there.
				.filter( ( { hint } ) => ! waiting.has( hint.id ) )
				.map( ( pending ) => [ pending.hint.id, pending ] as const );
			const all = where === 'front' ? [ ...kept, ...waiting ] : [ ...waiting, ...kept ];
			this.#queues[ sender ] = new Map( all.slice( 0, CAPACITY[ sender ] ) );
		}
	}
}
