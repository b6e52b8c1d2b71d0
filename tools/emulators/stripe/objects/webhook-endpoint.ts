import type Stripe from 'stripe';

export interface EndpointInput {
	id: string;
	created: number;
	url: string;
	enabled_events: string[];
	api_version: string | null;
	description: string | null;
	metadata: Stripe.Metadata;
}

export function buildEndpoint( input: EndpointInput ): Stripe.WebhookEndpoint {
	return { ...input, object: 'webhook_endpoint', application: null, livemode: false, status: 'enabled' };
}

/** Whether an endpoint wants events of a type. */
export function isSubscribed( endpoint: Stripe.WebhookEndpoint, type: string ): boolean {
	const { enabled_events: wanted, status } = endpoint;
	return status === 'enabled' && ( wanted.includes( '*' ) || wanted.includes( type ) );
}
