/** What every part needs of HTTP: the way out, for those who make a plain call, and the reading of answers. */
export { createAgent, CALL_TIMEOUT_MS } from './outbound/agent.ts';
export { call, NoAnswerError, NotSentError, retryAfter, type HttpAnswer, type HttpRequest } from './outbound/call.ts';

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
