import type { JobsQuery } from '../../api/jobs';

/**
 * The same query has the same key, whatever order its parts were put in.
 *
 * @param query What is asked for.
 */
export function keyOf( query: JobsQuery ): string {
	return JSON.stringify( Object.entries( query ).sort( ( [ a ], [ b ] ) => ( a < b ? -1 : 1 ) ) );
}
