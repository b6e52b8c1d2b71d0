import type Stripe from 'stripe';
import type { Context } from '../context.ts';
import { idOf, newId } from '../ids.ts';
import { AUTHORIZED, buildCharge, DECLINED } from '../objects/charge.ts';
import { buildPaymentIntent } from '../objects/payment-intent.ts';
import { bookChargeInTime } from './balance.ts';

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
	Object.assign( charge, {
		amount_captured: charge.amount,
		captured: true,
		outcome: AUTHORIZED,
		paid: true,
		receipt_url: `${ context.publicUrl() }/receipts/${ charge.id }`,
		status: 'succeeded',
	} satisfies Partial< Stripe.Charge > );
	Object.assign( intent, {
		amount_received: intent.amount,
		last_payment_error: null,
		next_action: null,
		processing: null,
		status: 'succeeded',
	} satisfies Partial< Stripe.PaymentIntent > );
	bookChargeInTime( context, charge );
}

/** The bank wants to see the buyer first: nothing is charged before it did. */
export function askToAuthenticate( context: Context, session: Stripe.Checkout.Session ): Stripe.PaymentIntent {
	const intent = ensureIntent( context, session );
	Object.assign( intent, {
		last_payment_error: null,
		next_action: {
			type: 'redirect_to_url',
			redirect_to_url: { url: `${ session.url }?authenticate=1`, return_url: session.url },
		},
		payment_method: newId( 'pm_' ),
		status: 'requires_action',
	} satisfies Partial< Stripe.PaymentIntent > );
	return intent;
}

/** The buyer did not prove who they are: no charge was made at all. */
export function failAuthentication( intent: Stripe.PaymentIntent ): void {
	Object.assign( intent, {
		last_payment_error: {
			code: 'payment_intent_authentication_failure' as Stripe.PaymentIntent.LastPaymentError.Code,
			doc_url: 'https://docs.stripe.com/error-codes/payment-intent-authentication-failure',
			message:
				'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.',
			type: 'invalid_request_error',
		},
		next_action: null,
		payment_method: null,
		status: 'requires_payment_method',
	} satisfies Partial< Stripe.PaymentIntent > );
}

/** What the bank's answer looks like on a card payment that went through 3-D Secure. */
export function noteAuthentication( charge: Stripe.Charge ): void {
	const { card } = charge.payment_method_details ?? {};
	if ( card ) {
		card.three_d_secure = {
			authentication_flow: 'challenge',
			electronic_commerce_indicator: '05',
			exemption_indicator: null,
			result: 'authenticated',
			result_reason: null,
			transaction_id: null,
			version: '2.2.0',
		};
	}
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
		next_action: null,
		payment_method: null,
		processing: null,
		status: 'requires_payment_method',
	} satisfies Partial< Stripe.PaymentIntent > );
}
