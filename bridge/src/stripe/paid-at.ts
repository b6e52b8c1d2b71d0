import Stripe from 'stripe';
import type { Payment } from './fetch-payment.ts';

const SUCCEEDED_LATER = 'checkout.session.async_payment_succeeded';

/**
 * When the money came in, in Unix seconds; null when it did not, or Stripe does not tell.
 *
 * A charge begins when the buyer confirms. A card pays in that second, a bank debit days later, and no object says
 * when: balance transactions are made before the money is there (support.stripe.com, "Changes to Balance Transaction
 * behavior for debit payment methods"). Only the event of the success has its time.
 */
export async function paidAt( stripe: Stripe, payment: Omit< Payment, 'paidAt' > ): Promise< number | null > {
	const { session, intent, charge } = payment;
	if ( charge === null || intent?.status !== 'succeeded' ) {
		return null;
	}
	if ( session === null || charge.payment_method_details?.type === 'card' ) {
		return charge.created;
	}
	try {
		return ( await succeededLater( stripe, session.id, charge.created ) ) ?? charge.created;
	} catch ( error ) {
		// A restricted key that may not read events must not keep a payment from being seen.
		if ( error instanceof Stripe.errors.StripePermissionError ) {
			return null;
		}
		throw error;
	}
}

/** Null for a method that pays at once: it has no such event. */
async function succeededLater( stripe: Stripe, session: string, since: number ): Promise< number | null > {
	const query = { type: SUCCEEDED_LATER, created: { gte: since }, limit: 100 };
	for await ( const event of stripe.events.list( query ) ) {
		if ( event.type === SUCCEEDED_LATER && event.data.object.id === session ) {
			return event.created;
		}
	}
	return null;
}
