import { __, sprintf } from '@wordpress/i18n';

import { scaleOf } from './sums';
import { formatMoney } from '../../shared/money';
import { locale } from '../../shared/number';
import { formatDuration } from '../../shared/time';
import type { ReportStep } from '../view/types';

function decimal( units: number, scale: number ): string {
	const digits = String( Math.abs( units ) ).padStart( scale + 1, '0' );
	return `${ units < 0 ? '-' : '' }${ digits.slice( 0, -scale ) }.${ digits.slice( -scale ) }`;
}

/**
 * @param units    Money as `Sums` has it.
 * @param currency ISO 4217.
 */
export const money = ( units: number, currency: string ) =>
	formatMoney( decimal( units, scaleOf( currency ) ), currency );

/** Name of the sum; shown only where something was lost. */
export const lostWords = () => __( 'Lost disputes', 'sell-my-images' );

/** Short, for an axis: "$1.2K". */
export function axisMoney( units: number, currency: string ): string {
	return new Intl.NumberFormat( locale(), {
		style: 'currency',
		currency,
		notation: 'compact',
		minimumFractionDigits: 0,
		maximumFractionDigits: 1,
	} ).format( units / 10 ** scaleOf( currency ) );
}

export function percent( part: number, whole: number ): string {
	const share = whole === 0 ? 0 : part / whole;
	return new Intl.NumberFormat( locale(), { style: 'percent', maximumFractionDigits: 0 } ).format( share );
}

const dayFormat = ( options: Intl.DateTimeFormatOptions ) =>
	new Intl.DateTimeFormat( locale(), { ...options, timeZone: 'UTC' } );

/** On an axis, where there is little room. */
export function shortPeriod( start: string, step: ReportStep ): string {
	const options: Intl.DateTimeFormatOptions =
		step === 'month' ? { month: 'short', year: 'numeric' } : { day: 'numeric', month: 'short' };
	return dayFormat( options ).format( Date.parse( `${ start }T00:00:00Z` ) );
}

/** In full, with its year. */
export function longPeriod( start: string, step: ReportStep ): string {
	const at = Date.parse( `${ start }T00:00:00Z` );
	if ( step === 'month' ) {
		return dayFormat( { month: 'long', year: 'numeric' } ).format( at );
	}
	const day = dayFormat( { dateStyle: 'medium' } ).format( at );
	/* translators: %s: the first day of a week. */
	return step === 'week' ? sprintf( __( 'Week of %s', 'sell-my-images' ), day ) : day;
}

/**
 * Name of a bucket of waiting times.
 *
 * @param index  Which.
 * @param bounds Upper bounds in seconds of all but the last.
 */
export function bucketName( index: number, bounds: readonly number[] ): string {
	const from = bounds[ index - 1 ];
	const to = bounds[ index ];
	if ( to === undefined ) {
		/* translators: %s: a length of time. */
		return sprintf( __( 'over %s', 'sell-my-images' ), formatDuration( from ?? 0 ) );
	}
	if ( from === undefined ) {
		/* translators: %s: a length of time. */
		return sprintf( __( 'up to %s', 'sell-my-images' ), formatDuration( to ) );
	}
	/* translators: 1: a length of time, 2: a longer one. */
	return sprintf( __( '%1$s to %2$s', 'sell-my-images' ), formatDuration( from ), formatDuration( to ) );
}
