/** No side effect starts in the last sixth of a lease: 30 s of 180. */
const LAST_PART = 6;

/** Work was due to start too close to the lease's end, or the command is not ours any more; somebody else will get it. */
export class LeaseEnding extends Error {
	override name = 'LeaseEnding';
}

/**
 * How long a command is ours, by the monotonic clock, counted from BEFORE it was asked for: so it always
 * ends here earlier than in the database.
 */
export class Lease {
	#endsAt: number;
	readonly #lengthMs: number;
	readonly #end = new AbortController();

	constructor( askedAt: number, lengthMs: number ) {
		this.#endsAt = askedAt + lengthMs;
		this.#lengthMs = lengthMs;
	}

	/** Aborted when the command is taken from us. Work that may be repeated breaks off then; a payment is seen through. */
	get signal(): AbortSignal {
		return this.#end.signal;
	}

	/** Milliseconds in which a side effect may still start. */
	get leftMs(): number {
		return this.signal.aborted ? 0 : this.#endsAt - this.#lengthMs / LAST_PART - performance.now();
	}

	/** @throws LeaseEnding When a side effect may not start any more. */
	assertCanStart(): void {
		if ( this.leftMs <= 0 ) {
			throw this.signal.aborted
				? ( this.signal.reason as Error )
				: new LeaseEnding( 'The lease is about to end.' );
		}
	}

	/** The site renewed the lease while answering a request sent at `askedAt`. */
	renew( askedAt: number ): void {
		this.#endsAt = Math.max( this.#endsAt, askedAt + this.#lengthMs );
	}

	/** The command is not ours any more. */
	end( why: string ): void {
		this.#end.abort( new LeaseEnding( why ) );
	}
}
