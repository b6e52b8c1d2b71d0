import Stripe from 'stripe';
import { retryLater, type Result } from '../commands/context.ts';

/** Ours to mend (the key, the account, the rate), never the job's failure. */
const NOT_THE_JOBS = [ 401, 403, 409, 429 ];

/** Whether Stripe said a definite no to this very request. */
export function isDefiniteNo( error: unknown ): error is Stripe.errors.StripeError & { statusCode: number } {
	const status = error instanceof Stripe.errors.StripeError ? error.statusCode : undefined;
	return status !== undefined && status >= 400 && status < 500 && ! NOT_THE_JOBS.includes( status );
}

/**
 * What an error of Stripe's means for a command: refused only for a definite no.
 *
 * @throws The error itself when it is not Stripe's.
 */
export function stripeFailure( error: unknown ): Result {
	if ( ! ( error instanceof Stripe.errors.StripeError ) ) {
		throw error;
	}
	const status = error.statusCode ?? null;
	if ( isDefiniteNo( error ) ) {
		return { outcome: 'refused', error: { code: error.code ?? error.type, message: error.message, status } };
	}
	return retryLater( codeOf( status ), error.message, { status, retry_after_s: retryAfter( error ) } );
}

function codeOf( status: number | null ): string {
	if ( status === 401 || status === 403 ) {
		return 'unauthorized';
	}
	return status === 429 ? 'rate_limited' : 'no_answer';
}

function retryAfter( error: Stripe.errors.StripeError ): number | null {
	const value = error.headers?.[ 'retry-after' ];
	return value && /^\d+$/.test( value ) ? Number( value ) : null;
}
