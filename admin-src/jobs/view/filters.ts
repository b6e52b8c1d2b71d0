import type { Filter } from '@wordpress/dataviews/wp';

import { isRangeName, type Days, type RangeName } from './ranges';

const valueOf = ( filters: Filter[], field: string ): unknown => filters.find( ( f ) => f.field === field )?.value;

/**
 * The value of a filter once it is complete; a filter just added has none, and a
 * range is sent half filled.
 *
 * @param filters The view's filters.
 * @param field   Which one.
 */
export function filterList( filters: Filter[], field: string ): string[] {
	const value = valueOf( filters, field );
	return Array.isArray( value ) ? value.filter( Boolean ).map( String ) : [];
}

export function filterText( filters: Filter[], field: string ): string {
	const value = valueOf( filters, field );
	return value === undefined || value === null || Array.isArray( value ) ? '' : String( value ).trim();
}

export function filterNumber( filters: Filter[], field: string ): number | null {
	const number = Number( filterText( filters, field ) );
	return Number.isSafeInteger( number ) && number > 0 ? number : null;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A day that the calendar has: 2026-02-30 is none. */
const isDay = ( day: string ) => DAY.test( day ) && new Date( `${ day }T00:00:00Z` ).toJSON()?.slice( 0, 10 ) === day;

/**
 * The days of a range, the earlier first.
 *
 * @param filters The view's filters.
 * @param field   Which one.
 */
export function filterDays( filters: Filter[], field: string ): Days | null {
	const [ from, to ] = filterList( filters, field );
	if ( ! from || ! to || ! isDay( from ) || ! isDay( to ) ) {
		return null;
	}
	return from <= to ? [ from, to ] : [ to, from ];
}

/**
 * The name of a range that moves with the calendar. It stands as a third value
 * behind the two days, which DataViews shows.
 *
 * @param filters The view's filters.
 * @param field   Which one.
 */
export function filterRange( filters: Filter[], field: string ): RangeName | null {
	const name = filterList( filters, field )[ 2 ];
	return isRangeName( name ) ? name : null;
}
