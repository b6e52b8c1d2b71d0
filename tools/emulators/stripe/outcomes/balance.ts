import type Stripe from 'stripe';
import type { Context } from '../context.ts';
import { idOf } from '../ids.ts';
import { convert, exchangeRate } from '../money.ts';
import { buildTransaction, processingFee, type TransactionInput } from '../objects/balance-transaction.ts';

/** Books money in the currency it is paid out in. `amount` is given in the payment's own. */
export function book( context: Context, input: TransactionInput ): Stripe.BalanceTransaction {
	const settled = context.settings().settlement_currency ?? input.currency;
	return context.store.put(
		'transactions',
		buildTransaction( {
			...input,
			amount: convert( input.amount, input.currency, settled ),
			currency: settled,
			exchangeRate: settled === input.currency ? null : exchangeRate( input.currency, settled ),
		} )
	);
}

/** What a payment brings in, less Stripe's fee. */
export function bookCharge( context: Context, charge: Stripe.Charge ): void {
	const settled = context.settings().settlement_currency ?? charge.currency;
	const transaction = book( context, {
		amount: charge.amount,
		currency: charge.currency,
		created: charge.created,
		source: charge.id,
		type: charge.payment_method_details?.type === 'card' ? 'charge' : 'payment',
		category: 'charge',
		fee: processingFee( convert( charge.amount, charge.currency, settled ) ),
	} );
	charge.balance_transaction = transaction.id;
}

/** Books it now, or notes that it is owed, if balance transactions are late. */
export function bookChargeInTime( context: Context, charge: Stripe.Charge ): void {
	if ( context.settings().balance_transaction_after_s === 0 ) {
		bookCharge( context, charge );
		return;
	}
	context.store.put( 'owed', { id: charge.id, since: context.clock.seconds() } );
}

/** Brings in the balance transactions that are late, once their time has come, with the event that tells it. */
export function bookOverdue( context: Context ): void {
	const { store, clock } = context;
	const after = context.settings().balance_transaction_after_s;
	for ( const { value: owed, born } of store.rows( 'owed' ) ) {
		const charge = store.get( 'charges', owed.id );
		if ( clock.secondsFor( born ) - owed.since < after ) {
			continue;
		}
		store.delete( 'owed', owed.id );
		if ( charge && idOf( charge.balance_transaction ) === null ) {
			bookCharge( context, charge );
			context.events.emit( 'charge.updated', charge, { balance_transaction: null } );
		}
	}
}
