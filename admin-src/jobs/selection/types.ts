import type { JobsFilter, JobsQuery } from '../../api/jobs';

/** Jobs picked one by one, wherever they are in the list; or all that match. */
export type Scope = { kind: 'ids'; ids: string[] } | { kind: 'filter'; query: JobsQuery; total: number };

/**
 * Which jobs a query means, without where in the list one looks.
 *
 * @param query What the list asks for.
 */
export function filterOf( query: JobsQuery ): JobsFilter {
	const { per_page: size, page, orderby, order, ...filter } = query;
	return filter;
}
