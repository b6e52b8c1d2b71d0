import { invalid } from '../errors.ts';
import { convert, leastOf, money, MOST } from '../money.ts';
import type { StripeSettings } from '../settings.ts';

/** Refuses an amount that can't be charged: in its own currency, and in the one it is paid out in. @throws StripeError */
export function checkAmount(
	amount: number,
	currency: string,
	settings: StripeSettings,
	param: string,
	what: string
): void {
	const tooSmall = ( message: string ) => invalid( message, param, 'amount_too_small' );
	if ( amount > MOST ) {
		throw invalid( `${ what } must be no more than ${ money( MOST, currency ) }.`, param, 'amount_too_large' );
	}
	const settled = settings.settlement_currency ?? currency;
	if ( settled === currency && amount < leastOf( currency ) ) {
		throw tooSmall( `${ what } must be at least ${ money( leastOf( currency ), currency ) } ${ currency }` );
	}
	const worth = convert( amount, currency, settled );
	if ( worth < leastOf( settled ) ) {
		throw tooSmall(
			`${ what } must convert to at least ${ money( leastOf( settled ), settled ) }. ${ money( amount, currency ) } converts to approximately ${ money( worth, settled ) }.`
		);
	}
}

/** The languages that the payment page speaks. */
export const LOCALES =
	'auto bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hr hu id it ja ko lt lv ms mt nb nl pl pt pt-BR ro ru sk sl sv th tr vi zh zh-HK zh-TW'.split(
		' '
	);
