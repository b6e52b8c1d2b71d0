import { useEffect, useState } from '@wordpress/element';

import { listJobs } from '../../../api/jobs';
import { secondsBetween } from '../../../shared/time';
import type { Job } from '../../../api/contracts.generated';

const SAMPLE = 20;
const ENOUGH = 5;

/**
 * The median: one job that was made again a month later must not spoil it.
 *
 * @param jobs Finished ones.
 * @return Seconds from payment to finished image; null with too few.
 */
export function usualWait( jobs: Job[] ): number | null {
	const waits = jobs
		.flatMap( ( { paid_at: paid, completed_at: done } ) =>
			paid && done ? [ secondsBetween( paid, done ) ] : []
		)
		.sort( ( a, b ) => a - b );
	return waits.length < ENOUGH ? null : ( waits[ Math.floor( waits.length / 2 ) ] ?? null );
}

/** How long the last customers waited; null until known, and where nothing was sold yet. */
export function useUsualWait(): number | null {
	const [ usual, setUsual ] = useState< number | null >( null );
	useEffect( () => {
		const request = new AbortController();
		const query = { per_page: SAMPLE, page: 1, orderby: 'completed_at', order: 'desc' as const };
		listJobs( { ...query, status: [ 'completed' ] }, request.signal )
			.then( ( { jobs } ) => setUsual( usualWait( jobs ) ) )
			.catch( () => undefined );
		return () => request.abort();
	}, [] );
	return usual;
}
