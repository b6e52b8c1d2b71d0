/** A message holds so many hints, or reports. */
export const MOST = 100;

/** How much goes into one message. What fails twice, whatever the reason, goes on in halves until the one that is to blame stands alone. */
export class LoadSize {
	#most = MOST;
	#failures = 0;

	get most(): number {
		return this.#most;
	}

	succeeded( sent: number ): void {
		this.#failures = 0;
		this.#most = Math.min( MOST, Math.max( this.#most, sent * 2 ) );
	}

	/** @param isRefused The site itself said no to the load as it is: then it need not be seen twice. */
	failed( sent: number, isRefused: boolean ): void {
		this.#failures++;
		if ( isRefused || this.#failures >= 2 ) {
			this.#most = Math.max( 1, Math.ceil( sent / 2 ) );
		}
	}
}
