/** No side effect starts in the last sixth of a lease: 30 s of 180. */
const LAST_PART = 6;

/** Work was due to start too close to the lease's end; somebody else will get it. */
export class LeaseEnding extends Error {
	override name = 'LeaseEnding';
}

/**
 * How long a command is ours, by the monotonic clock, counted from BEFORE it was asked for: so it always
 * ends here earlier than in the database.
 */
export class Lease {
	#endsAt: number;
	#lengthMs: number;

	constructor( askedAt: number, lengthMs: number ) {
		this.#endsAt = askedAt + lengthMs;
		this.#lengthMs = lengthMs;
	}

	/** Milliseconds in which a side effect may still start. */
	get leftMs(): number {
		return this.#endsAt - this.#lengthMs / LAST_PART - performance.now();
	}

	/** @throws LeaseEnding When a side effect may not start any more. */
	assertCanStart(): void {
		if ( this.leftMs <= 0 ) {
			throw new LeaseEnding( 'The lease is about to end.' );
		}
	}

	/** The site renewed the lease while answering a request sent at `askedAt`. */
	renew( askedAt: number ): void {
		this.#endsAt = Math.max( this.#endsAt, askedAt + this.#lengthMs );
	}
}
