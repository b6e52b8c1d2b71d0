import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';

/** One call to somebody else, as logs and metrics tell it: no query, no headers, no body. */
export interface Call {
	provider: string;
	method: string;
	path: string;
	/** Null when no answer came. */
	status: number | null;
	ms: number;
	/** The provider's own number of the call, which its support asks for. */
	requestId: string | null;
	/** Of a redirect. */
	leadsTo?: string;
}

export type Watch = ( call: Call ) => void;

/** Counts every call; writes those that change something, or go wrong, into the log. */
export function watchCalls( log: Log, metrics: Metrics ): Watch {
	return ( call ) => {
		const { provider, method, status, ms } = call;
		metrics.outbound.observe( { provider, status: String( status ?? 'none' ) }, ms / 1_000 );
		const isWorthALine = method !== 'GET' || status === null || status >= 400;
		log[ isWorthALine ? 'info' : 'debug' ]( { ...call, ms: Math.round( ms ) }, 'Asked.' );
	};
}
