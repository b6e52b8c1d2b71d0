/** So many at once, and as many again in each period, spread evenly over it. */
export class TokenBucket {
	private left: number | null = null;
	private seenMs = 0;

	constructor(
		private readonly periodMs: number,
		private readonly now: () => number = () => performance.now()
	) {}

	/** Takes one, out of `size`; 0 asks for no limit. Answers whether there was one. */
	take( size: number ): boolean {
		if ( size === 0 ) {
			return true;
		}
		const now = this.now();
		const grown = this.left === null ? size : this.left + ( ( now - this.seenMs ) * size ) / this.periodMs;
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
