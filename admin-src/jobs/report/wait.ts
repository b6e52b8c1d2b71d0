/** A share of the customers, and the bucket of the histogram in which they end. */
function bucketOf( waiting: readonly number[], share: number ): { index: number; within: number } | null {
	const all = waiting.reduce( ( sum, jobs ) => sum + jobs, 0 );
	if ( all === 0 ) {
		return null;
	}
	let left = all * share;
	for ( const [ index, jobs ] of waiting.entries() ) {
		if ( jobs > 0 && left <= jobs ) {
			return { index, within: left / jobs };
		}
		left -= jobs;
	}
	return { index: waiting.length - 1, within: 1 };
}

/**
 * The median, as near as a histogram knows it: as if the waits in a bucket were
 * spread evenly. In the last bucket, which has no end, its beginning.
 *
 * @param waiting Jobs per bucket.
 * @param bounds  Upper bounds in seconds, of all buckets but the last.
 * @return Seconds; null without a finished job.
 */
export function medianOf( waiting: readonly number[], bounds: readonly number[] ): number | null {
	const bucket = bucketOf( waiting, 0.5 );
	if ( ! bucket ) {
		return null;
	}
	const from = bounds[ bucket.index - 1 ] ?? 0;
	const to = bounds[ bucket.index ] ?? from;
	return from + ( to - from ) * bucket.within;
}

/**
 * The time within which a share of the customers had their image, for certain.
 *
 * @param waiting Jobs per bucket.
 * @param bounds  Upper bounds in seconds.
 * @param share   0 to 1.
 * @return Seconds; null without a finished job, Infinity beyond the last bound.
 */
export function withinOf( waiting: readonly number[], bounds: readonly number[], share: number ): number | null {
	const bucket = bucketOf( waiting, share );
	return bucket && ( bounds[ bucket.index ] ?? Infinity );
}
