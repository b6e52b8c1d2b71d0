import { offsetMinutes } from '../../shared/zone';

/** Ranges of days that move along with the calendar. PHP knows the same names: plugin/Admin/Days.php. */
export const RANGES = [
	'today',
	'yesterday',
	'last_7_days',
	'last_30_days',
	'this_month',
	'last_month',
	'this_year',
] as const;

export type RangeName = ( typeof RANGES )[ number ];

/** First and last day, `YYYY-MM-DD`. */
export type Days = [ from: string, to: string ];

const DAY_MS = 24 * 3600 * 1000;

const dayOf = ( wall: number ) => new Date( wall ).toISOString().slice( 0, 10 );

/**
 * What a range means today, in the site's zone.
 *
 * @param name The range.
 * @param zone The site's zone.
 * @param now  Milliseconds since 1970.
 */
export function rangeDays( name: RangeName, zone: string, now: number = Date.now() ): Days {
	const wall = now + offsetMinutes( zone, now ) * 60_000;
	const today = dayOf( wall );
	const date = new Date( wall );
	const [ year, month ] = [ date.getUTCFullYear(), date.getUTCMonth() ];
	const days: Record< RangeName, () => Days > = {
		today: () => [ today, today ],
		yesterday: () => [ dayOf( wall - DAY_MS ), dayOf( wall - DAY_MS ) ],
		last_7_days: () => [ dayOf( wall - 6 * DAY_MS ), today ],
		last_30_days: () => [ dayOf( wall - 29 * DAY_MS ), today ],
		this_month: () => [ dayOf( Date.UTC( year, month, 1 ) ), today ],
		last_month: () => [ dayOf( Date.UTC( year, month - 1, 1 ) ), dayOf( Date.UTC( year, month, 0 ) ) ],
		this_year: () => [ dayOf( Date.UTC( year, 0, 1 ) ), today ],
	};
	return days[ name ]();
}

export function isRangeName( name: unknown ): name is RangeName {
	return RANGES.some( ( known ) => known === name );
}
