import type { FastifyInstance } from 'fastify';
import { TokenBucket } from '../../shared/token-bucket.ts';
import type { Context } from '../context.ts';
import { StripeError } from '../errors.ts';

const SECOND_MS = 1000;

/** Refuses what is more than an account may ask in a second, in each mode for itself. Register it after the key's check. */
export function limitRate( api: FastifyInstance, { clock, settings }: Context ): void {
	const now = () => clock.ms();
	const buckets = { test: new TokenBucket( SECOND_MS, now ), live: new TokenBucket( SECOND_MS, now ) };
	api.addHook( 'preValidation', async ( request, reply ) => {
		const mode = request.stripeCaller?.livemode ? 'live' : 'test';
		const { retry_after_s: retryAfter, ...rates } = settings();
		if ( buckets[ mode ].take( rates[ `rate_${ mode }` ] ) ) {
			return;
		}
		reply.header( 'stripe-rate-limited-reason', 'global-rate' );
		if ( retryAfter !== null ) {
			reply.header( 'retry-after', String( retryAfter ) );
		}
		throw new StripeError(
			429,
			'Request rate limit exceeded. Learn more about rate limits here https://docs.stripe.com/rate-limits.',
			{ code: 'rate_limit', isSaved: false }
		);
	} );
}
