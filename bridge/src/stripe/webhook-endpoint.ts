import type Stripe from 'stripe';
import { STRIPE_API_VERSION } from './client.ts';
import { EVENT_TYPES } from './event-types.ts';

const ROUTE = '/webhooks/stripe';

/** Stripe's endpoint that leads to this bridge; an enabled one before one that is switched off. Null: there is none. */
export async function findEndpoint( stripe: Stripe, publicUrl: string ): Promise< Stripe.WebhookEndpoint | null > {
	const ours: Stripe.WebhookEndpoint[] = [];
	for await ( const endpoint of stripe.webhookEndpoints.list( { limit: 100 } ) ) {
		if ( endpoint.url === publicUrl + ROUTE ) {
			ours.push( endpoint );
		}
	}
	return ours.find( ( { status } ) => status === 'enabled' ) ?? ours[ 0 ] ?? null;
}

/** The events that it should send and does not. */
export function missingEvents( { enabled_events: enabled }: Stripe.WebhookEndpoint ): string[] {
	return enabled.includes( '*' ) ? [] : EVENT_TYPES.filter( ( type ) => ! enabled.includes( type ) );
}

/** A new endpoint; its `secret` is told this once. */
export function makeEndpoint( stripe: Stripe, publicUrl: string ): Promise< Stripe.WebhookEndpoint > {
	return stripe.webhookEndpoints.create( {
		url: publicUrl + ROUTE,
		enabled_events: [ ...EVENT_TYPES ],
		api_version: STRIPE_API_VERSION as Stripe.WebhookEndpointCreateParams.ApiVersion,
		description: 'Sell My Images',
	} );
}

/** Switches it on, and adds the events that it does not send. Its secret stays. */
export function mendEndpoint( stripe: Stripe, endpoint: Stripe.WebhookEndpoint ): Promise< Stripe.WebhookEndpoint > {
	const events = [ ...endpoint.enabled_events, ...missingEvents( endpoint ) ];
	return stripe.webhookEndpoints.update( endpoint.id, {
		disabled: false,
		enabled_events: events as Stripe.WebhookEndpointUpdateParams.EnabledEvent[],
	} );
}
