import Stripe from 'stripe';
import type { Config } from '../config.ts';
import { CALL_TIMEOUT_MS, createAgent } from '../outbound/agent.ts';
import { Outlet } from '../outbound/outlet.ts';
import { APP_NAME, APP_URL } from '../outbound/user-agent.ts';
import type { Watch } from '../outbound/watch.ts';
import { VERSION } from '../version.ts';
import { httpClientOver } from './http-client.ts';

/** The API version our snapshots are read from; the SDK's types are of the same one. */
export const STRIPE_API_VERSION = '2026-10-28.endive';

/** Stripe takes 100 a second, and 25 in test mode and in sandboxes; others on the same account need some of it. */
const LIVE_RATE = { perSecond: 80, burst: 15 };
const TEST_RATE = { perSecond: 20, burst: 5 };

/** A client that never outlives a lease: the SDK's own 80 s and two retries would. */
export function createStripe( config: Pick< Config, 'stripeKey' | 'stripeApiBase' >, watch?: Watch ): Stripe {
	const rate = isLiveKey( config.stripeKey ) ? LIVE_RATE : TEST_RATE;
	const outlet = new Outlet( { agent: createAgent(), provider: 'stripe', rate, watch } );
	return new Stripe( config.stripeKey, {
		apiVersion: STRIPE_API_VERSION,
		timeout: CALL_TIMEOUT_MS,
		maxNetworkRetries: 0,
		httpClient: httpClientOver( outlet ),
		telemetry: false,
		appInfo: { name: APP_NAME, version: VERSION, url: APP_URL },
		...where( config.stripeApiBase ),
	} );
}

/** Whether a key may lack rights. */
export function isRestrictedKey( key: string ): boolean {
	return key.startsWith( 'rk_' );
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
