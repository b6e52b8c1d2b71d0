import {
	DEFAULT_LOOK,
	DEFAULT_SORT,
	DENSITIES,
	PER_PAGE_SIZES,
	defaultView,
	knownColumns,
	oneOf,
	sameList,
} from './defaults';
import { filterParams, readFilters } from './url-filters';
import { MOST_PAGES } from './pages';
import { SORTABLE } from '../fields/names';
import { STATUSES } from '../words/status';
import type { JobsView, Look, Place, ReportStep, Tab } from './types';

const TABS: readonly Tab[] = [ 'all', 'attention', ...STATUSES ];
const STEPS: readonly ReportStep[] = [ 'day', 'week', 'month' ];
const LONGEST_SEARCH = 200;

function pageOf( text: string | null ): number {
	const page = Math.floor( Number( text ) );
	return page > 0 ? Math.min( page, MOST_PAGES ) : 1;
}

function readView( params: URLSearchParams, look: Look ): JobsView {
	const view = defaultView( look );
	return {
		...view,
		search: ( params.get( 's' ) ?? '' ).slice( 0, LONGEST_SEARCH ),
		filters: readFilters( params ),
		sort: {
			field: oneOf( SORTABLE, params.get( 'orderby' ), DEFAULT_SORT.field ),
			direction: oneOf( [ 'asc', 'desc' ] as const, params.get( 'order' ), DEFAULT_SORT.direction ),
		},
		page: pageOf( params.get( 'paged' ) ),
		perPage: oneOf( PER_PAGE_SIZES, Number( params.get( 'per_page' ) ), view.perPage ),
		fields: knownColumns( ( params.get( 'columns' ) ?? '' ).split( ',' ) ) ?? view.fields,
		density: oneOf( DENSITIES, params.get( 'density' ), view.density ),
	};
}

/**
 * @param search `location.search`.
 * @param look   What this user keeps.
 */
export function readPlace( search: string, look: Look ): Place {
	const params = new URLSearchParams( search );
	return {
		tab: oneOf( TABS, params.get( 'status' ), 'all' ),
		view: readView( params, look ),
		job: params.get( 'job' ) || null,
		saved: params.get( 'view' ) || null,
		report: params.get( 'report' ) === '1',
		by: oneOf< ReportStep | null >( STEPS, params.get( 'by' ), null ),
	};
}

/** What chooses the jobs: tab, search, filters and order, the usual ones empty. */
export function choiceParams( { tab, view }: Pick< Place, 'tab' | 'view' > ): Record< string, string > {
	const { sort } = view;
	return {
		status: tab === 'all' ? '' : tab,
		s: view.search,
		...filterParams( view.filters ),
		orderby: sort.field === DEFAULT_SORT.field ? '' : sort.field,
		order: sort.direction === DEFAULT_SORT.direction ? '' : sort.direction,
	};
}

/** How they are shown. */
export function lookParams( { perPage, fields, density }: Look ): Record< string, string > {
	return { per_page: String( perPage ), columns: fields.join(), density };
}

/** As usual is what nobody changed: neither here nor in what the user keeps. */
function unusualLook( view: Look, kept: Look ): Record< string, string > {
	const isUsual = {
		per_page: view.perPage === DEFAULT_LOOK.perPage && kept.perPage === DEFAULT_LOOK.perPage,
		columns: sameList( view.fields, DEFAULT_LOOK.fields ) && sameList( kept.fields, DEFAULT_LOOK.fields ),
		density: view.density === DEFAULT_LOOK.density && kept.density === DEFAULT_LOOK.density,
	};
	const params = lookParams( view );
	return Object.fromEntries(
		Object.entries( isUsual ).map( ( [ name, usual ] ) => [ name, usual ? '' : ( params[ name ] ?? '' ) ] )
	);
}

/**
 * The address of a place: other people's parameters are left alone, and what is
 * as usual is not mentioned.
 *
 * @param place   Where to.
 * @param current `location.search` now.
 * @param look    What this user keeps.
 * @return The query string with its question mark.
 */
export function writePlace( place: Place, current: string, look: Look = DEFAULT_LOOK ): string {
	const { view, job, saved, report, by } = place;
	const params = new URLSearchParams( current );
	const own = {
		...choiceParams( place ),
		paged: view.page > 1 ? String( view.page ) : '',
		...unusualLook( view, look ),
		job: job ?? '',
		// Not `saved`: WordPress takes that name out of every address.
		view: saved ?? '',
		report: report ? '1' : '',
		by: ( report && by ) || '',
	};
	for ( const [ name, value ] of Object.entries( own ) ) {
		if ( value ) {
			params.set( name, value );
		} else {
			params.delete( name );
		}
	}
	return `?${ params.toString() }`;
}
