import type Stripe from 'stripe';
import type { Hint } from '../contracts.generated.ts';
import { isOurEventType } from './event-types.ts';
import { hintOfObject, type Watched } from './hint-of-object.ts';

/** What we read of a thin event: it names an object instead of showing it. */
export interface ThinEvent {
	id: string;
	object: 'v2.core.event';
	type: string;
	livemode?: boolean;
	snapshot_event?: string;
	related_object?: { id: string; type: string } | null;
}

/**
 * The hint in a verified event, or null when it is none of our business.
 *
 * @throws A Stripe error when a thin event's object could not be looked at.
 */
export async function hintOfEvent( event: Stripe.Event | ThinEvent, stripe: Stripe ): Promise< Hint | null > {
	if ( ! isOurEventType( event.type ) ) {
		return null;
	}
	if ( event.object === 'v2.core.event' ) {
		return hintOfThinEvent( event, stripe );
	}
	const { id, type, livemode } = event;
	return hintOfObject( event.data.object as Watched, { id, type, livemode } );
}

async function hintOfThinEvent( event: ThinEvent, stripe: Stripe ): Promise< Hint | null > {
	const related = event.related_object;
	// The twin's id: both versions of one event are then one line in the log.
	const about = { id: event.snapshot_event ?? event.id, type: event.type, livemode: event.livemode ?? null };
	switch ( related?.type ) {
		case 'checkout.session':
			return { provider: 'stripe', ...about, session: related.id };
		case 'payment_intent':
			return { provider: 'stripe', ...about, payment_intent: related.id };
		case 'refund':
			return hintOfObject( await stripe.refunds.retrieve( related.id ), about );
		case 'charge':
			return hintOfObject( await stripe.charges.retrieve( related.id ), about );
		case 'dispute':
		case 'issuing.dispute':
			return hintOfObject( await stripe.disputes.retrieve( related.id ), about );
		default:
			return null;
	}
}
