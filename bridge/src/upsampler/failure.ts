import { retryLater, type Result } from '../commands/context.ts';
import { retryAfter, type HttpAnswer } from '../outbound/call.ts';
import { errorWords } from './client.ts';

/** The account is the trouble (key, credits, rate), not the picture. */
export function isAccountTrouble( answer: HttpAnswer ): boolean {
	const isStatus = [ 401, 402, 403 ].includes( answer.status );
	const isClientError = answer.status >= 400 && answer.status < 500;
	return isStatus || ( isClientError && /credit/i.test( errorWords( answer.text ) ?? '' ) );
}

/** The result for account trouble: at a submit a definite "not made", elsewhere "later". */
export function accountTrouble( answer: HttpAnswer, outcome: 'refused' | 'retry' ): Result {
	const message = errorWords( answer.text ) ?? `Upsampler answered HTTP ${ answer.status }.`;
	return {
		outcome,
		error: { code: 'blocked', message, status: answer.status, retry_after_s: retryAfter( answer.headers ) },
	};
}

/** The result when too much was asked too quickly: that costs a wait, and pauses nothing. */
export function rateLimited( answer: HttpAnswer ): Result {
	const message = errorWords( answer.text ) ?? 'Upsampler was asked too often.';
	return retryLater( 'rate_limited', message, { status: 429, retry_after_s: retryAfter( answer.headers ) } );
}

/** The result when the provider's server has trouble: nothing definite is known. */
export function serverTrouble( answer: HttpAnswer ): Result {
	const message = errorWords( answer.text ) ?? `Upsampler answered HTTP ${ answer.status }.`;
	return retryLater( 'no_answer', message, { status: answer.status, retry_after_s: retryAfter( answer.headers ) } );
}
