import type Stripe from 'stripe';
import type { Clock } from '../shared/clock.ts';
import { newId } from './ids.ts';
import { buildEvent } from './objects/event.ts';
import type { EventRecord, Store } from './store.ts';

const URLS: Record< string, string > = {
	'checkout.session': '/v1/checkout/sessions/',
	payment_intent: '/v1/payment_intents/',
	charge: '/v1/charges/',
	refund: '/v1/refunds/',
	dispute: '/v1/disputes/',
	review: '/v1/reviews/',
};

export type EventObject =
	Stripe.Checkout.Session | Stripe.PaymentIntent | Stripe.Charge | Stripe.Refund | Stripe.Dispute | Stripe.Review;

/** The API request that events are caused by; null outside of one. */
export type CausingRequest = { id: string; idempotency_key: string | null } | null;

/** Writes events down as they happen and hands them to whoever delivers webhooks. */
export class Emitter {
	cause: CausingRequest = null;

	constructor(
		private readonly store: Store,
		private readonly clock: Clock,
		private readonly version: () => string,
		private readonly deliver: ( record: EventRecord ) => void
	) {}

	emit( type: string, object: EventObject, previous?: Record< string, unknown > ): void {
		const event = buildEvent( {
			id: newId( 'evt_' ),
			type,
			created: this.clock.seconds(),
			object: structuredClone( object ),
			previous,
			request: this.cause,
			livemode: this.store.livemode,
			version: this.version(),
		} );
		const url = `${ URLS[ object.object ] ?? '/v1/' }${ object.id }`;
		const related = { id: object.id, type: object.object, url };
		const record = this.store.put( 'events', {
			id: event.id,
			event,
			thinId: newId( this.store.livemode ? 'evt_' : 'evt_test_' ),
			related,
		} );
		this.deliver( record );
	}
}
