import type { Filter } from '@wordpress/dataviews/wp';

import { filterDays, filterList, filterText } from './filters';

/**
 * Filters in the address. Names avoid the ones that belong to admin.php: page,
 * action, post, _wpnonce.
 */
const LISTS = { payment: 'payment_status', problem: 'attention' } as const;
const VALUES = {
	size: 'resolution',
	email: 'email',
	post_id: 'post_id',
	attachment_id: 'attachment_id',
} as const;

export function readFilters( params: URLSearchParams ): Filter[] {
	const filters: Filter[] = [];
	for ( const [ name, field ] of Object.entries( LISTS ) ) {
		const value = params.get( name )?.split( ',' ).filter( Boolean ) ?? [];
		if ( value.length ) {
			filters.push( { field, operator: 'isAny', value } );
		}
	}
	for ( const [ name, field ] of Object.entries( VALUES ) ) {
		const value = params.get( name );
		if ( value ) {
			filters.push( { field, operator: 'is', value } );
		}
	}
	const created = [
		{
			field: 'created_at',
			operator: 'between' as const,
			value: [ params.get( 'from' ), params.get( 'to' ) ],
		},
	];
	return filterDays( created, 'created_at' ) ? [ ...filters, ...created ] : filters;
}

export function filterParams( filters: Filter[] ): Record< string, string > {
	const params: Record< string, string > = {};
	for ( const [ name, field ] of Object.entries( LISTS ) ) {
		params[ name ] = filterList( filters, field ).join( ',' );
	}
	for ( const [ name, field ] of Object.entries( VALUES ) ) {
		params[ name ] = filterText( filters, field );
	}
	const [ from, to ] = filterDays( filters, 'created_at' ) ?? [ '', '' ];
	return { ...params, from, to };
}
