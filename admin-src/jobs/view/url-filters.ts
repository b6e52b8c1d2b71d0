import type { Filter } from '@wordpress/dataviews/wp';

import { filterDays, filterList, filterNumber, filterRange, filterText } from './filters';
import { isRangeName, rangeDays } from './ranges';
import { ATTENTIONS } from '../words/attention';
import { PAYMENT_STATUSES } from '../words/payment';
import { getBoot } from '../../shared/boot';

/**
 * Filters in the address. Names avoid the ones that belong to admin.php: page,
 * action, post, _wpnonce. PHP reads the same ones: Admin\FirstRequests.
 */
const LISTS: Record< string, { field: string; known: readonly string[] } > = {
	payment: { field: 'payment_status', known: PAYMENT_STATUSES },
	problem: { field: 'attention', known: ATTENTIONS },
};

const NUMBERS = [ 'post_id', 'attachment_id' ];

const SIZE = /^\d{1,2}x$/;
const LONGEST_EMAIL = 254;

function readLists( params: URLSearchParams ): Filter[] {
	return Object.entries( LISTS ).flatMap( ( [ name, { field, known } ] ) => {
		const asked = params.get( name )?.split( ',' ) ?? [];
		const value = known.filter( ( word ) => asked.includes( word ) );
		return value.length ? [ { field, operator: 'isAny' as const, value } ] : [];
	} );
}

function readEmail( params: URLSearchParams ): Filter[] {
	const [ exact, start ] = [ 'email', 'email_start' ].map( ( name ) =>
		( params.get( name ) ?? '' ).trim().slice( 0, LONGEST_EMAIL )
	);
	if ( exact ) {
		return [ { field: 'email', operator: 'is', value: exact } ];
	}
	return start ? [ { field: 'email', operator: 'startsWith', value: start } ] : [];
}

function readValues( params: URLSearchParams ): Filter[] {
	const size = params.get( 'size' ) ?? '';
	const numbers = NUMBERS.map( ( field ) => ( { field, operator: 'is' as const, value: params.get( field ) } ) );
	return [
		...( SIZE.test( size ) ? [ { field: 'resolution', operator: 'is' as const, value: size } ] : [] ),
		...numbers.filter( ( { field }, _, all ) => filterNumber( all, field ) !== null ),
	];
}

function readCreated( params: URLSearchParams ): Filter[] {
	const range = params.get( 'created' );
	const value = isRangeName( range )
		? [ ...rangeDays( range, getBoot().timezone ), range ]
		: [ params.get( 'from' ), params.get( 'to' ) ];
	const created = { field: 'created_at', operator: 'between' as const, value };
	const days = filterDays( [ created ], 'created_at' );
	return days ? [ { ...created, value: isRangeName( range ) ? value : days } ] : [];
}

export function readFilters( params: URLSearchParams ): Filter[] {
	return [ ...readLists( params ), ...readEmail( params ), ...readValues( params ), ...readCreated( params ) ];
}

function createdParams( filters: Filter[] ): Record< string, string > {
	const range = filterRange( filters, 'created_at' );
	const [ from, to ] = ( ! range && filterDays( filters, 'created_at' ) ) || [ '', '' ];
	return { created: range ?? '', from, to };
}

/**
 * Every filter, the unused ones empty.
 *
 * @param filters The view's filters.
 */
export function filterParams( filters: Filter[] ): Record< string, string > {
	const email = filterText( filters, 'email' );
	const isStart = filters.some( ( { field, operator } ) => field === 'email' && operator === 'startsWith' );
	const lists = Object.entries( LISTS ).map( ( [ name, { field } ] ) => [
		name,
		filterList( filters, field ).join(),
	] );
	const numbers = NUMBERS.map( ( field ) => [ field, String( filterNumber( filters, field ) ?? '' ) ] );
	return {
		...Object.fromEntries( lists ),
		size: filterText( filters, 'resolution' ),
		email: isStart ? '' : email,
		email_start: isStart ? email : '',
		...Object.fromEntries( numbers ),
		...createdParams( filters ),
	};
}
