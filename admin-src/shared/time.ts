import { dateI18n, getSettings, humanTimeDiff } from '@wordpress/date';
import { __, sprintf } from '@wordpress/i18n';

import { getBoot } from './boot';

/**
 * The exact time in the site's zone.
 *
 * @param iso ISO-8601 with Z.
 */
export function formatExact( iso: string ): string {
	const { dateFormat, timezone } = getBoot();
	const format = dateFormat || getSettings().formats.datetime;
	return dateI18n( format, iso, timezone );
}

/**
 * A calendar day, which has no zone.
 *
 * @param day `YYYY-MM-DD`.
 */
export function formatDay( day: string ): string {
	return dateI18n( getSettings().formats.date, `${ day }T12:00:00Z`, 'UTC' );
}

/**
 * "2 hours ago".
 *
 * @param iso ISO-8601 with Z.
 * @param now Milliseconds since 1970.
 */
export function formatRelative( iso: string, now: number = Date.now() ): string {
	return humanTimeDiff( iso, new Date( now ) );
}

/**
 * Time of day in the site's zone, for "from 14:32".
 *
 * @param at Milliseconds since 1970.
 */
export function formatClock( at: number ): string {
	return dateI18n( getSettings().formats.time, new Date( at ), getBoot().timezone );
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * A length of time in at most two units.
 *
 * @param seconds Zero or more.
 */
export function formatDuration( seconds: number ): string {
	const s = Math.max( 0, Math.round( seconds ) );
	if ( s < 2 * MINUTE ) {
		/* translators: %d: a number of seconds. */
		return sprintf( __( '%d s', 'sell-my-images' ), s );
	}
	if ( s < 2 * HOUR ) {
		/* translators: %d: a number of minutes. */
		return sprintf( __( '%d min', 'sell-my-images' ), Math.round( s / MINUTE ) );
	}
	if ( s < 2 * DAY ) {
		/* translators: %d: a number of hours. */
		return sprintf( __( '%d h', 'sell-my-images' ), Math.round( s / HOUR ) );
	}
	/* translators: %d: a number of days. */
	return sprintf( __( '%d days', 'sell-my-images' ), Math.round( s / DAY ) );
}

export function secondsBetween( from: string, to: string ): number {
	return ( Date.parse( to ) - Date.parse( from ) ) / 1000;
}
