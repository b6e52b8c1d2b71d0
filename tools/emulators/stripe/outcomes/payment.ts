import type Stripe from 'stripe';
import type { Context } from '../context.ts';
import { idOf, newId } from '../ids.ts';
import { buildTransaction, processingFee } from '../objects/balance-transaction.ts';
import { AUTHORIZED, buildCharge, DECLINED } from '../objects/charge.ts';
import { buildPaymentIntent } from '../objects/payment-intent.ts';

/** The session's payment intent, made at the first try to pay as Stripe does. */
export function ensureIntent( context: Context, session: Stripe.Checkout.Session ): Stripe.PaymentIntent {
	const known = context.store.get( 'intents', idOf( session.payment_intent ) ?? '' );
	if ( known ) {
		return known;
	}
	const data = context.store.get( 'intentData', session.id );
	const intent = buildPaymentIntent( {
		id: newId( 'pi_' ),
		created: context.clock.seconds(),
		amount: session.amount_total ?? 0,
		currency: session.currency ?? 'usd',
		payment_method_types: session.payment_method_types,
		metadata: data?.metadata ?? {},
		description: data?.description ?? null,
		receipt_email: data?.receipt_email ?? null,
	} );
	session.payment_intent = intent.id;
	context.store.put( 'intents', intent );
	context.events.emit( 'payment_intent.created', intent );
	return intent;
}

export function newCharge(
	context: Context,
	intent: Stripe.PaymentIntent,
	input: { email: string | null; method: 'card' | 'bank'; last4: string; id?: string; created?: number }
): Stripe.Charge {
	const charge = buildCharge( {
		id: input.id ?? newId( 'ch_' ),
		created: input.created ?? context.clock.seconds(),
		amount: intent.amount,
		currency: intent.currency,
		metadata: { ...intent.metadata },
		payment_intent: intent.id,
		description: intent.description,
		email: input.email,
		method: input.method,
		last4: input.last4,
	} );
	intent.latest_charge = charge.id;
	intent.payment_method = charge.payment_method;
	return context.store.put( 'charges', charge );
}

/** The money is there: charge and intent succeed, and the balance grows by the net amount. */
export function succeed( context: Context, intent: Stripe.PaymentIntent, charge: Stripe.Charge ): void {
	const transaction = buildTransaction( {
		amount: charge.amount,
		currency: charge.currency,
		created: charge.created,
		source: charge.id,
		type: charge.payment_method_details?.type === 'card' ? 'charge' : 'payment',
		category: 'charge',
		fee: processingFee( charge.amount ),
	} );
	context.store.put( 'transactions', transaction );
	Object.assign( charge, {
		amount_captured: charge.amount,
		balance_transaction: transaction.id,
		captured: true,
		outcome: AUTHORIZED,
		paid: true,
		receipt_url: `${ context.publicUrl() }/receipts/${ charge.id }`,
		status: 'succeeded',
	} satisfies Partial< Stripe.Charge > );
	Object.assign( intent, {
		amount_received: intent.amount,
		last_payment_error: null,
		processing: null,
		status: 'succeeded',
	} satisfies Partial< Stripe.PaymentIntent > );
}

/** The bank said no: the charge failed, the intent waits for another means of payment. */
export function refuse( intent: Stripe.PaymentIntent, charge: Stripe.Charge ): void {
	const message = 'Your card was declined.';
	Object.assign( charge, {
		failure_code: 'card_declined',
		failure_message: message,
		outcome: DECLINED,
		status: 'failed',
	} satisfies Partial< Stripe.Charge > );
	Object.assign( intent, {
		last_payment_error: {
			charge: charge.id,
			code: 'card_declined' as Stripe.PaymentIntent.LastPaymentError.Code,
			decline_code: 'generic_decline',
			doc_url: 'https://docs.stripe.com/error-codes/card-declined',
			message,
			type: 'card_error',
		},
		payment_method: null,
		processing: null,
		status: 'requires_payment_method',
	} satisfies Partial< Stripe.PaymentIntent > );
}
