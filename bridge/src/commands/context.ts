import type Stripe from 'stripe';
import type { Report } from '../contracts.generated.ts';
import type { ProviderHealth } from '../health/provider-health.ts';
import type { Inbox } from '../sync/inbox.ts';
import type { Upsampler } from '../upsampler/client.ts';
import type { WordPress } from '../wordpress/client.ts';
import type { Fetcher } from '../results/fetcher.ts';
import type { Log } from '../log.ts';
import type { Lease } from './lease.ts';

/** What a handler works with. */
export interface Context {
	stripe: Stripe;
	upsampler: Upsampler;
	wordpress: WordPress;
	fetcher: Fetcher;
	inbox: Inbox;
	health: ProviderHealth;
	log: Log;
	/** Null without an address that providers can reach. */
	publicUrl: string | null;
	/** Aborted when the bridge stops: what was not begun by then is given back. */
	stopping?: AbortSignal;
}

/** A report without what every report has. Null: nothing to say, the lease runs out. */
export type Result = Omit< Report, 'id' | 'command' | 'lease_no' > | null;

/** Carries out one kind of command. It may throw: then nothing definite is known. */
export type Handler< Command > = ( command: Command, context: Context, lease: Lease ) => Promise< Result >;

/** The result of a command that has no definite answer yet. */
export function retryLater(
	code: string,
	message: string,
	extra: { status?: number | null; retry_after_s?: number | null } = {}
): Result {
	return { outcome: 'retry', error: { code, message, ...extra } };
}
