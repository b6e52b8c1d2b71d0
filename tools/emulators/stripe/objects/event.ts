import type Stripe from 'stripe';
import type { EventRecord } from '../store.ts';

export interface EventInput {
	id: string;
	type: string;
	created: number;
	object: unknown;
	previous?: Record< string, unknown > | undefined;
	request: { id: string | null; idempotency_key: string | null } | null;
	livemode: boolean;
	version: string;
}

export function buildEvent( input: EventInput ): Stripe.Event {
	return {
		id: input.id,
		object: 'event',
		api_version: input.version,
		created: input.created,
		data: { object: input.object, ...( input.previous ? { previous_attributes: input.previous } : {} ) },
		livemode: input.livemode,
		pending_webhooks: 0,
		request: input.request ?? { id: null, idempotency_key: null },
		type: input.type,
	} as unknown as Stripe.Event;
}

/** The thin version of an event: who changed, not how. */
export function thinEvent( record: EventRecord ): Record< string, unknown > {
	const { event } = record;
	const reason = event.request?.id ? { reason: { type: 'request', request: event.request } } : {};
	return {
		id: record.thinId,
		object: 'v2.core.event',
		type: `v1.${ event.type }`,
		livemode: event.livemode,
		created: new Date( event.created * 1000 ).toISOString(),
		...reason,
		related_object: record.related,
		snapshot_event: record.id,
	};
}
