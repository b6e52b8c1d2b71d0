import type Stripe from 'stripe';
import type { Hint } from '../contracts.generated.ts';
import type { ProviderHealth } from '../health/provider-health.ts';
import type { Log } from '../log.ts';
import type { Lease } from '../protocol/lease.ts';
import type { Result } from '../protocol/result.ts';
import type { Upscaler } from '../protocol/upscaler.ts';
import type { Fetcher } from '../results/fetcher.ts';
import type { WordPress } from '../wordpress/client.ts';

/** Takes what was found at a provider to the site. */
interface HintBox {
	/** @throws Unless the site committed all of them. */
	addAll: ( hints: Hint[] ) => Promise< void >;
}

/** What a handler works with. */
export interface Context {
	stripe: Stripe;
	upscaler: Upscaler;
	wordpress: WordPress;
	fetcher: Fetcher;
	inbox: HintBox;
	health: ProviderHealth;
	log: Log;
	/** Null without an address that providers can reach. */
	publicUrl: string | null;
	/** Aborted when the bridge stops: what was not begun by then is given back. */
	stopping?: AbortSignal;
}

/** Carries out one kind of command. It may throw: then nothing definite is known. */
export type Handler< Command > = ( command: Command, context: Context, lease: Lease ) => Promise< Result >;
