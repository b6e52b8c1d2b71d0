import { NotSentError, retryAfter, type HttpAnswer } from '../outbound/call.ts';
import type { Failure } from '../protocol/failure.ts';
import { errorWords } from './client.ts';

/** What it means that Upsampler did not answer with what was asked for. */
export function failureIn( answer: HttpAnswer ): Failure {
	const { status, headers } = answer;
	const words = errorWords( answer.text );
	const failure = ( kind: Failure[ 'kind' ], code: string, silent = `Upsampler answered HTTP ${ status }.` ) => ( {
		kind,
		code,
		message: words ?? silent,
		status,
		retry_after_s: retryAfter( headers ),
	} );
	const isClientError = status >= 400 && status < 500;
	if ( [ 401, 402, 403 ].includes( status ) || ( isClientError && /credit/i.test( words ?? '' ) ) ) {
		return failure( 'account', 'blocked' );
	}
	if ( status === 429 ) {
		// It costs a wait, and pauses nothing.
		return failure( 'later', 'rate_limited', 'Upsampler was asked too often.' );
	}
	return isClientError && status !== 408 ? failure( 'definite', 'refused' ) : failure( 'later', 'no_answer' );
}

/** What it means that no answer came. */
export function silence( error: unknown ): Failure {
	const code = error instanceof NotSentError ? 'not_sent' : 'no_answer';
	return { kind: 'later', code, message: ( error as Error ).message, status: null, retry_after_s: null };
}
