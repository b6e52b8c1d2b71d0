import type Stripe from 'stripe';
import type { Context } from '../context.ts';
import { StripeError } from '../errors.ts';
import { idOf } from '../ids.ts';
import { AUTHORIZED } from '../objects/charge.ts';
import type { Fate } from '../objects/payment-method.ts';
import { applyDispute } from './dispute.ts';
import { newCharge, refuse, succeed } from './payment.ts';

type Intent = Stripe.PaymentIntent;

/** A card that was declined: 402, with the intent as it is now. */
export function declined( context: Context, intentId: string ): StripeError {
	const intent = context.store.get( 'intents', intentId );
	return new StripeError( 402, 'Your card was declined.', {
		type: 'card_error',
		code: 'card_declined',
		more: {
			charge: idOf( intent?.latest_charge ),
			decline_code: 'generic_decline',
			payment_intent: structuredClone( intent ),
		},
	} );
}

function charged( context: Context, intent: Intent, method: 'card' | 'bank', last4: string ): Stripe.Charge {
	return newCharge( context, intent, { email: intent.receipt_email, method, last4 } );
}

function take( context: Context, intent: Intent ): void {
	const charge = charged( context, intent, 'card', '4242' );
	if ( intent.capture_method === 'manual' ) {
		Object.assign( charge, { outcome: AUTHORIZED, paid: true, status: 'succeeded' } );
		Object.assign( intent, { amount_capturable: intent.amount, next_action: null, status: 'requires_capture' } );
		context.events.emit( 'charge.succeeded', charge );
		context.events.emit( 'payment_intent.amount_capturable_updated', intent );
		return;
	}
	succeed( context, intent, charge );
	context.events.emit( 'charge.succeeded', charge );
	context.events.emit( 'payment_intent.succeeded', intent );
}

function turnDown( context: Context, intent: Intent, charge: Stripe.Charge ): void {
	refuse( intent, charge );
	context.events.emit( 'charge.failed', charge );
	context.events.emit( 'payment_intent.payment_failed', intent );
}

function takeLater( context: Context, intent: Intent, fate: 'settle' | 'fail' ): void {
	const charge = charged( context, intent, 'bank', '3201' );
	intent.status = 'processing';
	context.events.emit( 'charge.pending', charge );
	context.events.emit( 'payment_intent.processing', intent );
	if ( fate === 'fail' ) {
		turnDown( context, intent, charge );
		return;
	}
	succeed( context, intent, charge );
	context.events.emit( 'charge.succeeded', charge );
	context.events.emit( 'payment_intent.succeeded', intent );
}

/** Pays an intent with a method of some fate. @throws StripeError 402 where the card is declined */
export function confirmIntent( context: Context, intent: Intent, fate: Fate ): void {
	if ( fate === 'decline' ) {
		turnDown( context, intent, charged( context, intent, 'card', '0002' ) );
		context.store.changed();
		throw declined( context, intent.id );
	}
	if ( fate === 'authenticate' ) {
		intent.status = 'requires_action';
		intent.next_action = { type: 'use_stripe_sdk', use_stripe_sdk: {} };
		context.events.emit( 'payment_intent.requires_action', intent );
	} else if ( fate === 'settle' || fate === 'fail' ) {
		takeLater( context, intent, fate );
	} else {
		take( context, intent );
	}
	if ( fate === 'dispute' || fate === 'inquiry' ) {
		applyDispute( context, intent.id, {
			status: fate === 'inquiry' ? 'warning_needs_response' : 'needs_response',
		} );
	}
	context.store.changed();
}

/** Takes money that was only set aside. */
export function captureIntent( context: Context, intent: Intent ): void {
	const charge = context.store.get( 'charges', idOf( intent.latest_charge ) ?? '' );
	if ( ! charge ) {
		return;
	}
	succeed( context, intent, charge );
	intent.amount_capturable = 0;
	context.store.changed();
	context.events.emit( 'charge.captured', charge );
	context.events.emit( 'payment_intent.succeeded', intent );
}

export function cancelIntent( context: Context, intent: Intent, reason: string | null ): void {
	Object.assign( intent, {
		amount_capturable: 0,
		canceled_at: context.clock.seconds(),
		cancellation_reason: reason,
		next_action: null,
		status: 'canceled',
	} );
	context.store.changed();
	context.events.emit( 'payment_intent.canceled', intent );
}
