import type { JobsView, SavedView } from './types';

export const PER_PAGE_SIZES = [ 10, 20, 50, 100 ];

export const DEFAULT_SAVED: SavedView = {
	fields: [ 'status', 'email', 'amount_charged', 'created_at' ],
	density: 'compact',
	perPage: 20,
};

export const DEFAULT_SORT: JobsView[ 'sort' ] = {
	field: 'created_at',
	direction: 'desc',
};

/**
 * Everything, in the look given. Named one by one, because a whole view is a
 * `SavedView` too, and would bring its search along.
 *
 * @param look Columns, density and page size to keep.
 */
export function defaultView( look: SavedView = DEFAULT_SAVED ): JobsView {
	return {
		search: '',
		filters: [],
		sort: DEFAULT_SORT,
		page: 1,
		fields: look.fields,
		density: look.density,
		perPage: look.perPage,
	};
}

const sameList = ( a: string[], b: string[] ) => a.join() === b.join();

/**
 * Whether there is anything to reset.
 *
 * @param view The owner's view.
 */
export function isModified( view: JobsView ): boolean {
	return (
		view.search !== '' ||
		view.filters.length > 0 ||
		view.perPage !== DEFAULT_SAVED.perPage ||
		view.density !== DEFAULT_SAVED.density ||
		! sameList( view.fields, DEFAULT_SAVED.fields ) ||
		view.sort.field !== DEFAULT_SORT.field ||
		view.sort.direction !== DEFAULT_SORT.direction
	);
}
