import { offsetMinutes } from '../../shared/zone';

const DAY_MS = 24 * 3600 * 1000;

/**
 * A day, `YYYY-MM-DD`.
 *
 * @param zone    The site's.
 * @param daysAgo 0: today.
 */
export function dayAgo( zone: string, daysAgo: number ): string {
	const at = Date.now() - daysAgo * DAY_MS;
	return new Date( at + offsetMinutes( zone, at ) * 60_000 ).toISOString().slice( 0, 10 );
}
