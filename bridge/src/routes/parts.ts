import type Stripe from 'stripe';
import type { Config } from '../config.ts';
import type { ProviderHealth } from '../health/provider-health.ts';
import type { LastSync } from '../last-sync.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Identity } from '../sync/identity.ts';
import type { Inbox } from '../sync/inbox.ts';
import type { Outbox } from '../sync/outbox.ts';
import type { Worker } from '../sync/worker.ts';

/** What the routes work with. */
export interface RouteParts {
	config: Config;
	stripe: Stripe;
	inbox: Inbox;
	outbox: Outbox;
	worker: Worker;
	health: ProviderHealth;
	identity: Identity;
	lastSync: LastSync;
	metrics: Metrics;
	log: Log;
	/** Makes the next sync come at once. */
	wake: () => void;
}
