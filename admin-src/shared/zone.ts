/**
 * Day filters carry no zone; the server wants instants. These two turn a
 * calendar day of the site's zone into the instants it begins and ends.
 */

const OFFSET = /^([+-])(\d{1,2}):?(\d{2})?$/;

/**
 * Minutes that the zone is ahead of UTC at an instant.
 *
 * @param zone An IANA name or `+02:00`, as WordPress keeps it.
 * @param at   Milliseconds since 1970.
 */
export function offsetMinutes( zone: string, at: number ): number {
	const fixed = OFFSET.exec( zone );
	if ( fixed ) {
		const minutes = Number( fixed[ 2 ] ) * 60 + Number( fixed[ 3 ] ?? 0 );
		return fixed[ 1 ] === '-' ? -minutes : minutes;
	}
	return namedOffset( zone, at );
}

function namedOffset( zone: string, at: number ): number {
	try {
		const parts = new Intl.DateTimeFormat( 'en-US', {
			timeZone: zone,
			hourCycle: 'h23',
			year: 'numeric',
			month: 'numeric',
			day: 'numeric',
			hour: 'numeric',
			minute: 'numeric',
			second: 'numeric',
		} ).formatToParts( at );
		const get = ( type: string ) => Number( parts.find( ( part ) => part.type === type )?.value );
		const wall = Date.UTC(
			get( 'year' ),
			get( 'month' ) - 1,
			get( 'day' ),
			get( 'hour' ),
			get( 'minute' ),
			get( 'second' )
		);
		return Math.round( ( wall - at ) / 60000 );
	} catch {
		return 0;
	}
}

function startOfDay( wall: number, zone: string ): number {
	// Twice, because the offset that counts is the one at the answer.
	const guess = wall - offsetMinutes( zone, wall ) * 60000;
	return wall - offsetMinutes( zone, guess ) * 60000;
}

function toIso( at: number ): string {
	return new Date( at ).toISOString().replace( '.000Z', 'Z' );
}

/**
 * @param day  `YYYY-MM-DD`.
 * @param zone The site's zone.
 * @return First instant of that day, ISO-8601 UTC; null for no such day.
 */
export function dayStart( day: string, zone: string ): string | null {
	const wall = Date.parse( `${ day }T00:00:00Z` );
	return Number.isNaN( wall ) ? null : toIso( startOfDay( wall, zone ) );
}

/**
 * @param day  `YYYY-MM-DD`.
 * @param zone The site's zone.
 * @return First instant after that day, ISO-8601 UTC; null for no such day.
 */
export function dayEnd( day: string, zone: string ): string | null {
	const wall = Date.parse( `${ day }T00:00:00Z` );
	return Number.isNaN( wall ) ? null : toIso( startOfDay( wall + 24 * 3600 * 1000, zone ) );
}
