import type Stripe from 'stripe';
import type { Context } from '../context.ts';
import { newId } from '../ids.ts';
import { Impossible } from './impossible.ts';

export const CLOSED_REASONS = [ 'approved', 'refunded', 'refunded_as_fraud', 'disputed', 'redacted' ] as const;
export type ClosedReason = ( typeof CLOSED_REASONS )[ number ];

/** Radar lets a payment through, and has a person look at it. */
export function openReview( context: Context, intent: Stripe.PaymentIntent, charge: Stripe.Charge ): void {
	const review: Stripe.Review = {
		id: newId( 'prv_' ),
		object: 'review',
		billing_zip: null,
		charge: charge.id,
		closed_reason: null,
		created: context.clock.seconds(),
		ip_address: null,
		ip_address_location: null,
		livemode: false,
		open: true,
		opened_reason: 'rule',
		payment_intent: intent.id,
		reason: 'rule',
		session: null,
	};
	context.store.put( 'reviews', review );
	intent.review = review.id;
	charge.review = review.id;
	charge.outcome = {
		...( charge.outcome as Stripe.Charge.Outcome ),
		risk_level: 'elevated',
		risk_score: 65,
		seller_message:
			'Stripe evaluated this payment as having elevated risk, and placed it in your manual review queue.',
		type: 'manual_review',
	};
	context.events.emit( 'review.opened', review );
}

/** Somebody looked. @throws Impossible */
export function closeReview( context: Context, intent: Stripe.PaymentIntent, reason: ClosedReason ): Stripe.Review {
	const review = context.store.get( 'reviews', String( intent.review ) );
	if ( ! review?.open ) {
		throw new Impossible( 'No review of this payment is open.' );
	}
	Object.assign( review, { closed_reason: reason, open: false, reason } );
	context.store.changed();
	context.events.emit( 'review.closed', review );
	return review;
}
