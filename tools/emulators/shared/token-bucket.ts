/** So many at once, and as many again in each period, spread evenly over it. */
export class TokenBucket {
	private left: number | null = null;
	private seenMs = 0;

	constructor(
		private readonly periodMs: number,
		/** Milliseconds; a clock that was set back brings nothing and takes nothing. */
		private readonly now: () => number
	) {}

	/** Takes one, out of `size`; 0 asks for no limit. Answers whether there was one. */
	take( size: number ): boolean {
		if ( size === 0 ) {
			return true;
		}
		const now = this.now();
		const grown =
			this.left === null ? size : this.left + ( Math.max( 0, now - this.seenMs ) * size ) / this.periodMs;
		this.seenMs = now;
		this.left = Math.min( size, grown );
		if ( this.left < 1 ) {
			return false;
		}
		this.left--;
		return true;
	}

	/** Milliseconds until there is one again. */
	waitMs( size: number ): number {
		return Math.ceil( ( ( 1 - ( this.left ?? size ) ) * this.periodMs ) / size );
	}
}
