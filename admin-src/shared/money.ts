import { locale } from './number';

/**
 * Money is a decimal string beside its currency. It is shown through Intl and
 * compared as whole minor units, never as a float.
 */

/**
 * Places after the point: 2 for USD, 0 for JPY.
 *
 * @param currency ISO 4217.
 */
export function minorDigits( currency: string ): number {
	try {
		return (
			new Intl.NumberFormat( 'en', {
				style: 'currency',
				currency,
			} ).resolvedOptions().maximumFractionDigits ?? 2
		);
	} catch {
		return 2;
	}
}

/**
 * As a person reads it. What is below zero has a minus, not the hyphen that most locales give: it stands beside other
 * amounts that are taken off.
 *
 * @param amount   Decimal string.
 * @param currency ISO 4217; a code that nobody knows is written behind the amount.
 */
export function formatMoney( amount: string, currency: string ): string {
	try {
		return new Intl.NumberFormat( locale(), {
			style: 'currency',
			currency,
		} )
			.formatToParts( Number( amount ) )
			.map( ( { type, value } ) => ( type === 'minusSign' ? value.replace( '-', '−' ) : value ) )
			.join( '' );
	} catch {
		return `${ amount } ${ currency }`;
	}
}

/**
 * Whole minor units of a decimal string; null when it is no amount of that
 * currency ("1.234" dollars, "x", "").
 *
 * @param amount   Decimal string; a comma counts as the point.
 * @param currency ISO 4217.
 */
export function toMinor( amount: string, currency: string ): number | null {
	const match = /^(-?)(\d{1,9})(?:[.,](\d*))?$/.exec( amount.trim() );
	if ( ! match ) {
		return null;
	}
	const digits = minorDigits( currency );
	const fraction = ( match[ 3 ] ?? '' ).replace( /0+$/, '' );
	if ( fraction.length > digits ) {
		return null;
	}
	const units = Number( match[ 2 ] + fraction.padEnd( digits, '0' ) );
	return match[ 1 ] ? -units : units;
}

export function fromMinor( units: number, currency: string ): string {
	const digits = minorDigits( currency );
	const sign = units < 0 ? '-' : '';
	const text = String( Math.abs( units ) ).padStart( digits + 1, '0' );
	const whole = text.slice( 0, text.length - digits );
	return digits ? `${ sign }${ whole }.${ text.slice( -digits ) }` : sign + whole;
}

export function isZero( amount: string | null ): boolean {
	return amount === null || Number( amount ) === 0;
}
