import Stripe from 'stripe';
import type { Config } from '../config.ts';
import { CALL_TIMEOUT_MS } from '../outbound/agent.ts';
import { APP_NAME, APP_URL } from '../outbound/user-agent.ts';
import { VERSION } from '../version.ts';

/** The API version our snapshots are read from; the SDK's types are of the same one. */
export const STRIPE_API_VERSION = '2026-10-28.endive';

/** A client that never outlives a lease: the SDK's own 80 s and two retries would. */
export function createStripe( config: Pick< Config, 'stripeKey' | 'stripeApiBase' > ): Stripe {
	return new Stripe( config.stripeKey, {
		apiVersion: STRIPE_API_VERSION,
		timeout: CALL_TIMEOUT_MS,
		maxNetworkRetries: 0,
		telemetry: false,
		appInfo: { name: APP_NAME, version: VERSION, url: APP_URL },
		...where( config.stripeApiBase ),
	} );
}

/** Whether a key moves real money. */
export function isLiveKey( key: string ): boolean {
	return /^(sk|rk)_live_/.test( key );
}

function where( base: string | null ): { host?: string; port?: number; protocol?: 'http' | 'https' } {
	if ( base === null ) {
		return {};
	}
	const url = new URL( base );
	const protocol = url.protocol === 'http:' ? 'http' : 'https';
	return { protocol, host: url.hostname, port: Number( url.port || ( protocol === 'http' ? 80 : 443 ) ) };
}
