/** Plain HTTP with undici: one place for time limits, and for "did the connection ever open?". */
import { Agent, buildConnector, request, type Dispatcher } from 'undici';

/** No provider may hold us longer than this; a lease is 180 s. */
export const CALL_TIMEOUT_MS = 20_000;
const CONNECT_TIMEOUT_MS = 8_000;

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

const neverOpened = new WeakSet< object >();

/** A connection pool that remembers which errors happened before a connection was open. */
export function createAgent( options: Agent.Options = {} ): Agent {
	const connect = buildConnector( { timeout: CONNECT_TIMEOUT_MS } );
	return new Agent( {
		headersTimeout: CALL_TIMEOUT_MS,
		bodyTimeout: CALL_TIMEOUT_MS,
		connect: ( target, callback ) =>
			connect( target, ( error, socket ) => {
				if ( error ) {
					neverOpened.add( error );
					callback( error, null );
				} else {
					callback( null, socket );
				}
			} ),
		...options,
	} );
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
		throw neverOpened.has( error as object ) ? new NotSentError( error ) : new NoAnswerError( error );
	}
}

/** A JSON object, or null for anything else. */
export function jsonObject( text: string ): Record< string, unknown > | null {
	try {
		const value: unknown = JSON.parse( text );
		return typeof value === 'object' && value !== null && ! Array.isArray( value )
			? ( value as Record< string, unknown > )
			: null;
	} catch {
		return null;
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
