const FIRST_MS = 500;
const MOST_MS = 30_000;

/** How long to wait after so many failures in a row: doubling, never more than half a minute, never in step. */
export function backoff( failures: number ): number {
	const full = Math.min( MOST_MS, FIRST_MS * 2 ** Math.min( failures - 1, 10 ) );
	return full / 2 + ( Math.random() * full ) / 2;
}
