import type { Settings } from '../../api/contracts.generated';

type Currency = Settings[ 'currency' ];

/** A currency added to the contract breaks the compile until it is here. */
const CURRENCIES: Record< Currency, true > = {
	USD: true,
	EUR: true,
	GBP: true,
	AUD: true,
	CAD: true,
	CHF: true,
	CZK: true,
	DKK: true,
	HKD: true,
	INR: true,
	JPY: true,
	MXN: true,
	NOK: true,
	NZD: true,
	PLN: true,
	RON: true,
	SEK: true,
	SGD: true,
};

function nameOf( currency: string ): string {
	try {
		const names = new Intl.DisplayNames( document.documentElement.lang || 'en', {
			type: 'currency',
		} );
		return `${ currency } – ${ names.of( currency ) ?? currency }`;
	} catch {
		return currency;
	}
}

/**
 * @param current Kept in the list even if a newer server knows more.
 */
export function currencyOptions( current: Currency ) {
	const known = Object.keys( CURRENCIES );
	const all = known.includes( current ) ? known : [ ...known, current ];
	return all.map( ( value ) => ( { value, label: nameOf( value ) } ) );
}
