import type { Clock } from '../shared/clock.ts';
import type { Emitter } from './events.ts';
import type { Store } from './store.ts';

/** What every handler of this emulator works with. */
export interface Context {
	store: Store;
	clock: Clock;
	events: Emitter;
	/** Where buyers reach the hosted payment page, without a slash at the end. */
	publicUrl: () => string;
}
