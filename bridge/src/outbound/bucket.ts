export interface Rate {
	perSecond: number;
	/** How many may go at once after a quiet time. */
	burst: number;
}

/** A token bucket: calls go at a steady rate, in the order they came. It counts time, so nothing runs while nobody calls. */
export class Bucket {
	readonly #gapMs: number;
	readonly #leadMs: number;
	#nextAt = 0;
	#heldUntil = 0;

	constructor(
		rate: Rate,
		readonly now: () => number = () => performance.now()
	) {
		this.#gapMs = 1_000 / rate.perSecond;
		this.#leadMs = ( rate.burst - 1 ) * this.#gapMs;
	}

	/** Milliseconds until a call may go. */
	get waitMs(): number {
		return Math.max( 0, this.#nextAt - this.#leadMs - this.now(), this.#heldUntil - this.now() );
	}

	/**
	 * Takes the next place.
	 *
	 * @param mostMs Who would have to wait longer gets none.
	 * @return Milliseconds to wait, or null.
	 */
	take( mostMs: number ): number | null {
		const wait = this.waitMs;
		if ( wait > mostMs ) {
			return null;
		}
		this.#nextAt = Math.max( this.#nextAt, this.now(), this.#heldUntil ) + this.#gapMs;
		return wait;
	}

	/** Lets nobody go for a while: the other end asked for it. */
	hold( ms: number ): void {
		this.#heldUntil = Math.max( this.#heldUntil, this.now() + ms );
	}
}
