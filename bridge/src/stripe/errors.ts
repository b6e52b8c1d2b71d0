import Stripe from 'stripe';
import type { Failure } from '../protocol/failure.ts';

/** Ours to mend (the key, the account, the rate), never the job's failure. */
const NOT_THE_JOBS = [ 401, 403, 409, 429 ];

/** Whether Stripe said a definite no to this very request. */
export function isDefiniteNo( error: unknown ): error is Stripe.errors.StripeError & { statusCode: number } {
	const status = error instanceof Stripe.errors.StripeError ? error.statusCode : undefined;
	return status !== undefined && status >= 400 && status < 500 && ! NOT_THE_JOBS.includes( status );
}

/**
 * What an error of Stripe's means, as a failure like any other provider's.
 *
 * @throws The error itself when it is not Stripe's.
 */
export function stripeFailure( error: unknown ): Failure {
	if ( ! ( error instanceof Stripe.errors.StripeError ) ) {
		throw error;
	}
	const { message, statusCode: status = null } = error;
	const common = { message, status, retry_after_s: retryAfter( error ) };
	if ( isDefiniteNo( error ) ) {
		return { kind: 'definite', code: error.code ?? error.type, ...common };
	}
	if ( status === 401 || status === 403 ) {
		return { kind: 'account', code: 'unauthorized', ...common };
	}
	return { kind: 'later', code: status === 429 ? 'rate_limited' : 'no_answer', ...common };
}

function retryAfter( error: Stripe.errors.StripeError ): number | null {
	const value = error.headers?.[ 'retry-after' ];
	return value && /^\d+$/.test( value ) ? Number( value ) : null;
}
