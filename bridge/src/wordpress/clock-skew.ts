const TOLERATED_MS = 5_000;

/**
 * Both clocks in words, when a 401 tells the site's time. Nothing is adopted: a clock is mended, not guessed.
 */
export function clockSkew( status: number, data: Record< string, unknown >, now: Date = new Date() ): string {
	const theirs = typeof data[ 'time' ] === 'string' ? Date.parse( data[ 'time' ] ) : Number.NaN;
	const apart = now.getTime() - theirs;
	if ( status !== 401 || Number.isNaN( theirs ) || Math.abs( apart ) < TOLERATED_MS ) {
		return '';
	}
	const seconds = Math.round( Math.abs( apart ) / 1000 );
	const side = apart > 0 ? 'ahead of' : 'behind';
	return ` This machine's clock says ${ now.toISOString() }, the site's says ${ new Date( theirs ).toISOString() }: it is ${ seconds } seconds ${ side } the site's. Set both by network time.`;
}
