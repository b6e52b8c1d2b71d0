import { invalid } from '../errors.ts';
import { convert, leastOf, money, MOST } from '../money.ts';
import type { StripeSettings } from '../settings.ts';

function tooSmall( message: string ): Error {
	return invalid( message, 'line_items', 'amount_too_small' );
}

/** Refuses a total that can't be charged: in its own currency, and in the one it is paid out in. @throws StripeError */
export function checkTotal( amount: number, currency: string, settings: StripeSettings ): void {
	if ( amount > MOST ) {
		throw invalid(
			`The Checkout Session's total amount due must be no more than ${ money( MOST, currency ) }.`,
			'line_items',
			'amount_too_large'
		);
	}
	const settled = settings.settlement_currency ?? currency;
	if ( settled === currency && amount < leastOf( currency ) ) {
		throw tooSmall(
			`The Checkout Session's total amount due must add up to at least ${ money( leastOf( currency ), currency ) } ${ currency }`
		);
	}
	const worth = convert( amount, currency, settled );
	if ( worth < leastOf( settled ) ) {
		throw tooSmall(
			`The Checkout Session's total amount must convert to at least ${ money( leastOf( settled ), settled ) }. ${ money( amount, currency ) } converts to approximately ${ money( worth, settled ) }.`
		);
	}
}

/** The languages that the payment page speaks. */
export const LOCALES =
	'auto bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hr hu id it ja ko lt lv ms mt nb nl pl pt pt-BR ro ru sk sl sv th tr vi zh zh-HK zh-TW'.split(
		' '
	);
