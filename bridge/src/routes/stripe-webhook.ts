import type { FastifyInstance } from 'fastify';
import type Stripe from 'stripe';
import type { Hint } from '../contracts.generated.ts';
import { hintOfEvent, type ThinEvent } from '../stripe/hint-of-event.ts';
import { verifyWebhook } from '../stripe/verify-webhook.ts';
import { handOver } from './hand-over.ts';
import type { RouteParts } from './parts.ts';

/** `POST /webhooks/stripe`: verified, handed to WordPress, and only then acknowledged. */
export function stripeWebhook( app: FastifyInstance, parts: RouteParts ): void {
	app.post( '/webhooks/stripe', async ( request, reply ) => {
		const done = parts.metrics.webhooks.startTimer( { provider: 'stripe' } );
		const status = await receive( request.body, String( request.headers[ 'stripe-signature' ] ?? '' ), parts );
		done( { status } );
		return reply.code( status ).send( { received: status === 200 } );
	} );
}

async function receive( body: unknown, header: string, parts: RouteParts ): Promise< 200 | 400 | 503 > {
	let event: Stripe.Event | ThinEvent;
	try {
		event = verifyWebhook(
			parts.stripe,
			Buffer.isBuffer( body ) ? body : Buffer.alloc( 0 ),
			header,
			parts.config.stripeWebhookSecrets
		);
	} catch ( error ) {
		parts.log.warn( `A webhook was refused: ${ ( error as Error ).message }` );
		parts.health.webhook.refused( body, ( error as Error ).message );
		return 400;
	}
	parts.health.webhook.taken();
	let hint: Hint | null;
	try {
		hint = await hintOfEvent( event, parts.stripe );
	} catch ( error ) {
		parts.log.warn(
			{ event: event.id, type: event.type },
			`An event's object could not be looked at: ${ ( error as Error ).message }`
		);
		return 503;
	}
	return hint === null ? 200 : handOver( hint, 'stripe', parts );
}
