import type { Clock } from '../shared/clock.ts';
import type { Idempotency } from './api/idempotency.ts';
import type { Emitter } from './events.ts';
import type { StripeSettings } from './settings.ts';
import type { Store } from './store.ts';

/** What every handler of this emulator works with. */
export interface Context {
	store: Store;
	clock: Clock;
	events: Emitter;
	idempotency: Idempotency;
	/** How this Stripe behaves just now. */
	settings: () => StripeSettings;
	/** Where buyers reach the hosted payment page, without a slash at the end. */
	publicUrl: () => string;
}

/** Live and test data have nothing in common but the clock. */
export interface Worlds {
	test: Context;
	live: Context;
}

/** The world that an object of a kind lives in; the test world if it is in neither. */
export function worldWith( worlds: Worlds, kind: 'sessions' | 'intents' | 'charges' | 'refunds', id: string ): Context {
	return worlds.live.store.get( kind, id ) ? worlds.live : worlds.test;
}
