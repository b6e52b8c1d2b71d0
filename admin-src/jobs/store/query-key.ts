import type { JobsFilter } from '../../api/jobs';

/**
 * The same query has the same key, whatever order its parts were put in.
 *
 * @param query What is asked for.
 */
export function keyOf( query: JobsFilter ): string {
	return JSON.stringify( Object.entries( query ).sort( ( [ a ], [ b ] ) => ( a < b ? -1 : 1 ) ) );
}
