import type Stripe from 'stripe';
import type { Config } from '../config.ts';
import type { ProviderHealth } from '../health/provider-health.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Hints } from '../sync/hints.ts';
import type { Identity } from '../sync/identity.ts';
import type { Reports } from '../sync/reports.ts';
import type { Runner } from '../sync/runner.ts';

/** What the routes work with. */
export interface RouteParts {
	config: Config;
	stripe: Stripe;
	hints: Hints;
	health: ProviderHealth;
	reports: Reports;
	runner: Runner;
	identity: Identity;
	metrics: Metrics;
	log: Log;
	/** Makes the next sync come at once. */
	wake: () => void;
}
