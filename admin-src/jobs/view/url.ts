import { DEFAULT_SAVED, DEFAULT_SORT, PER_PAGE_SIZES, defaultView } from './defaults';
import { filterParams, readFilters } from './url-filters';
import { ALL_COLUMNS, SORTABLE } from '../fields/names';
import { STATUSES } from '../words/status';
import type { Density, JobsView, Place, SavedView, Tab } from './types';

const TABS: readonly Tab[] = [ 'all', 'attention', ...STATUSES ];
const DENSITIES: readonly Density[] = [ 'compact', 'balanced', 'comfortable' ];

/** One of the known words, else the default: an address can be typed by hand. */
function oneOf< T >( known: readonly T[], value: unknown, otherwise: T ): T {
	return known.find( ( item ) => item === value ) ?? otherwise;
}

function readView( params: URLSearchParams, saved: SavedView ): JobsView {
	const view = defaultView( saved );
	const columns = ( params.get( 'columns' ) ?? '' ).split( ',' ).filter( ( name ) => ALL_COLUMNS.includes( name ) );
	const perPage = Number( params.get( 'per_page' ) );
	const paged = Math.floor( Number( params.get( 'paged' ) ) );
	return {
		...view,
		search: params.get( 's' ) ?? '',
		filters: readFilters( params ),
		sort: {
			field: oneOf( SORTABLE, params.get( 'orderby' ), DEFAULT_SORT.field ),
			direction: oneOf( [ 'asc', 'desc' ] as const, params.get( 'order' ), DEFAULT_SORT.direction ),
		},
		page: paged > 0 ? paged : 1,
		perPage: oneOf( PER_PAGE_SIZES, perPage, view.perPage ),
		fields: columns.length ? columns : view.fields,
		density: oneOf( DENSITIES, params.get( 'density' ), view.density ),
	};
}

/**
 * @param search `location.search`.
 * @param saved  What this user keeps.
 */
export function readPlace( search: string, saved: SavedView ): Place {
	const params = new URLSearchParams( search );
	return {
		tab: oneOf( TABS, params.get( 'status' ), 'all' ),
		view: readView( params, saved ),
		job: params.get( 'job' ) || null,
	};
}

function ownParams( { tab, view, job }: Place ): Record< string, string > {
	const { sort } = view;
	const columns = view.fields.join( ',' );
	return {
		status: tab === 'all' ? '' : tab,
		s: view.search,
		...filterParams( view.filters ),
		orderby: sort.field === DEFAULT_SORT.field ? '' : sort.field,
		order: sort.direction === DEFAULT_SORT.direction ? '' : sort.direction,
		paged: view.page > 1 ? String( view.page ) : '',
		per_page: view.perPage === DEFAULT_SAVED.perPage ? '' : String( view.perPage ),
		columns: columns === DEFAULT_SAVED.fields.join( ',' ) ? '' : columns,
		density: view.density === DEFAULT_SAVED.density ? '' : view.density,
		job: job ?? '',
	};
}

/**
 * The address of a place: other people's parameters are left alone, and what is
 * as usual is not mentioned.
 *
 * @param place   Where to.
 * @param current `location.search` now.
 * @return The query string with its question mark.
 */
export function writePlace( place: Place, current: string ): string {
	const params = new URLSearchParams( current );
	for ( const [ name, value ] of Object.entries( ownParams( place ) ) ) {
		if ( value ) {
			params.set( name, value );
		} else {
			params.delete( name );
		}
	}
	return `?${ params.toString() }`;
}
