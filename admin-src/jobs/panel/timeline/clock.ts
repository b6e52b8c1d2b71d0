import { dateI18n, getSettings } from '@wordpress/date';

import { getBoot } from '../../../shared/boot';

/** The site's way to write a time of day, with seconds: `g:i a` becomes `g:i:s a`. */
function secondsFormat(): string {
	const { time } = getSettings().formats;
	return time.includes( 's' ) ? time : time.replace( 'i', 'i:s' );
}

/**
 * Time of day to the second, in the site's zone.
 *
 * @param iso ISO-8601 with Z.
 */
export function formatSecond( iso: string ): string {
	return dateI18n( secondsFormat(), iso, getBoot().timezone );
}

export function isSameDay( a: string, b: string ): boolean {
	const { timezone } = getBoot();
	return dateI18n( 'Y-m-d', a, timezone ) === dateI18n( 'Y-m-d', b, timezone );
}
