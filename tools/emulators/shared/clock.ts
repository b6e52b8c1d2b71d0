/**
 * Real time, plus an age that tests may add to the objects that exist already.
 *
 * `advance()` makes what is there older; what is made afterwards is born at real
 * time, so the callers' own clocks (which nobody moved) keep agreeing with ours.
 */
export class Clock {
	offsetS = 0;

	constructor( private readonly now: () => number = Date.now ) {}

	/** Real time in milliseconds. */
	ms(): number {
		return this.now();
	}

	/** Real time in whole seconds, as Stripe counts. */
	seconds(): number {
		return Math.floor( this.now() / 1000 );
	}

	advance( seconds: number ): number {
		this.offsetS += seconds;
		return this.offsetS;
	}

	/** "Now" as an object sees it that was born when the offset was `born`. */
	secondsFor( born: number ): number {
		return this.seconds() + this.offsetS - born;
	}
}
