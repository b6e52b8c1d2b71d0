import { request, type Dispatcher } from 'undici';
import { CALL_TIMEOUT_MS, hasNeverOpened } from './agent.ts';

/** The request was never sent: nothing can have happened at the other end. */
export class NotSentError extends Error {
	constructor( cause: unknown ) {
		super( `No connection: ${ ( cause as Error ).message || ( cause as { code?: string } ).code }`, { cause } );
		this.name = 'NotSentError';
	}
}

/** The request may have arrived, but no answer came. */
export class NoAnswerError extends Error {
	constructor( cause: unknown ) {
		super( `No answer: ${ ( cause as Error ).message }`, { cause } );
		this.name = 'NoAnswerError';
	}
}

export interface HttpAnswer {
	status: number;
	headers: Record< string, string | string[] | undefined >;
	text: string;
}

export interface HttpRequest {
	method: Dispatcher.HttpMethod;
	headers?: Record< string, string >;
	body?: string | Uint8Array | null;
	timeoutMs?: number;
	signal?: AbortSignal;
}

/**
 * One call, its whole answer as text.
 *
 * @throws NotSentError When no connection opened.
 * @throws NoAnswerError When anything else went wrong before the answer was complete.
 */
export async function call( agent: Dispatcher, url: string, options: HttpRequest ): Promise< HttpAnswer > {
	const limit = AbortSignal.timeout( options.timeoutMs ?? CALL_TIMEOUT_MS );
	const signal = options.signal ? AbortSignal.any( [ limit, options.signal ] ) : limit;
	try {
		const { method, headers = {}, body = null } = options;
		const answer = await request( url, { dispatcher: agent, method, headers, body, signal } );
		return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
	} catch ( error ) {
		throw hasNeverOpened( error ) ? new NotSentError( error ) : new NoAnswerError( error );
	}
}

/** Retry-After in seconds, from its seconds or its date; null when there is none. */
export function retryAfter( headers: HttpAnswer[ 'headers' ] ): number | null {
	const value = String( headers[ 'retry-after' ] ?? '' );
	if ( /^\d+$/.test( value ) ) {
		return Number( value );
	}
	const date = Date.parse( value );
	return Number.isNaN( date ) ? null : Math.max( 0, Math.ceil( ( date - Date.now() ) / 1000 ) );
}
