import { ALL_COLUMNS } from '../fields/names';
import type { Density, JobsView, Look } from './types';

export const PER_PAGE_SIZES = [ 10, 20, 50, 100 ];

export const DENSITIES: readonly Density[] = [ 'compact', 'balanced', 'comfortable' ];

export const DEFAULT_LOOK: Look = {
	fields: [ 'status', 'email', 'amount_charged', 'created_at' ],
	density: 'compact',
	perPage: 20,
};

export const DEFAULT_SORT: JobsView[ 'sort' ] = {
	field: 'created_at',
	direction: 'desc',
};

/** One of the known words, else the default: an address can be typed by hand. */
export function oneOf< T >( known: readonly T[], value: unknown, otherwise: T ): T {
	return known.find( ( item ) => item === value ) ?? otherwise;
}

/** Columns that exist, each once, in their order; none: null. */
export function knownColumns( names: readonly unknown[] ): string[] | null {
	const known = names.filter( ( name ): name is string => ALL_COLUMNS.some( ( column ) => column === name ) );
	return known.length ? [ ...new Set( known ) ] : null;
}

/**
 * What was kept for a user, made sound: another version of this plugin, or a
 * program, may have written it.
 *
 * @param kept From the preferences.
 */
export function soundLook( kept: Partial< Record< keyof Look, unknown > > | null | undefined ): Look {
	return {
		fields: ( Array.isArray( kept?.fields ) ? knownColumns( kept.fields ) : null ) ?? DEFAULT_LOOK.fields,
		density: oneOf( DENSITIES, kept?.density, DEFAULT_LOOK.density ),
		perPage: oneOf( PER_PAGE_SIZES, kept?.perPage, DEFAULT_LOOK.perPage ),
	};
}

/**
 * Everything, in the look given. Named one by one, because a whole view is a
 * `Look` too, and would bring its search along.
 *
 * @param look Columns, density and page size to keep.
 */
export function defaultView( look: Look = DEFAULT_LOOK ): JobsView {
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

export const sameList = ( a: readonly string[], b: readonly string[] ) => a.join() === b.join();

/**
 * Whether there is anything to reset.
 *
 * @param view The owner's view.
 */
export function isModified( view: JobsView ): boolean {
	return (
		view.search !== '' ||
		view.filters.length > 0 ||
		view.perPage !== DEFAULT_LOOK.perPage ||
		view.density !== DEFAULT_LOOK.density ||
		! sameList( view.fields, DEFAULT_LOOK.fields ) ||
		view.sort.field !== DEFAULT_SORT.field ||
		view.sort.direction !== DEFAULT_SORT.direction
	);
}
