import type { Filter } from '@wordpress/dataviews/wp';

/**
 * The value of a filter once it is complete; a filter just added has none, and a
 * range is sent half filled.
 *
 * @param filters The view's filters.
 * @param field   Which one.
 */
export function filterList( filters: Filter[], field: string ): string[] {
	const value: unknown = filters.find( ( f ) => f.field === field )?.value;
	return Array.isArray( value ) ? value.filter( Boolean ).map( String ) : [];
}

export function filterText( filters: Filter[], field: string ): string {
	const value: unknown = filters.find( ( f ) => f.field === field )?.value;
	return value === undefined || value === null || Array.isArray( value ) ? '' : String( value ).trim();
}

export function filterNumber( filters: Filter[], field: string ): number | null {
	const number = Number( filterText( filters, field ) );
	return Number.isInteger( number ) && number > 0 ? number : null;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function filterDays( filters: Filter[], field: string ): [ string, string ] | null {
	const [ from, to ] = filterList( filters, field );
	return from && to && DAY.test( from ) && DAY.test( to ) ? [ from, to ] : null;
}
