import type { FastifyInstance } from 'fastify';
import { controlError } from '../shared/app.ts';
import { addSettingsRoutes, latencySchema, Settings, type Latency } from '../shared/settings.ts';
import { API_VERSION, isKnownVersion } from './objects/versions.ts';

/** How this Stripe behaves: by default as the real one does, but at once. */
export interface StripeSettings {
	/** Requests a second; 0 for no limit. */
	rate_test: number;
	rate_live: number;
	/** Seconds in `Retry-After` of a 429; null for none, as Stripe. */
	retry_after_s: number | null;
	latency_ms: Latency;
	/** `stripe`: minutes to hours, on the emulator's clock. `quick`: 1, 2, 5, 10, 30 s, then each minute. */
	webhook_retries: 'stripe' | 'quick';
	/** The account's own version, for requests and endpoints that name none. */
	api_version: string;
	/** What all money is paid out in; null where each currency has an account of its own. */
	settlement_currency: string | null;
	/** How old a payment is, by the emulator's clock, when its balance transaction appears. */
	balance_transaction_after_s: number;
	/** What becomes of refunds when the balance is short: `error` is a 400 `balance_insufficient`. */
	refunds_when_short: 'enough' | 'pending' | 'error';
	/** What becomes of a refund in another currency than the settlement's. */
	refunds_abroad: 'succeeded' | 'pending';
	/** Whether Radar holds card payments for review after they went through. */
	review: boolean;
}

export const DEFAULTS: StripeSettings = {
	rate_test: 25,
	rate_live: 100,
	retry_after_s: null,
	latency_ms: [ 0, 0 ],
	webhook_retries: 'stripe',
	api_version: API_VERSION,
	settlement_currency: 'usd',
	balance_transaction_after_s: 0,
	refunds_when_short: 'enough',
	refunds_abroad: 'succeeded',
	review: false,
};

const rate = { type: 'integer', minimum: 0, maximum: 100_000 };
const orNull = ( schema: object ) => ( { anyOf: [ schema, { type: 'null' } ] } );

const properties: Record< keyof StripeSettings, unknown > = {
	rate_test: rate,
	rate_live: rate,
	retry_after_s: orNull( { type: 'integer', minimum: 0, maximum: 600 } ),
	latency_ms: latencySchema,
	webhook_retries: { enum: [ 'stripe', 'quick' ] },
	api_version: { type: 'string' },
	settlement_currency: orNull( { type: 'string', pattern: '^[a-z]{3}$' } ),
	balance_transaction_after_s: { type: 'integer', minimum: 0 },
	refunds_when_short: { enum: [ 'enough', 'pending', 'error' ] },
	refunds_abroad: { enum: [ 'succeeded', 'pending' ] },
	review: { type: 'boolean' },
};

export function addStripeSettings( app: FastifyInstance, settings: Settings< StripeSettings > ): void {
	app.addHook( 'preHandler', async ( request ) => {
		const { api_version: version } = ( request.body ?? {} ) as Partial< StripeSettings >;
		if ( request.url.startsWith( '/_emulator/settings' ) && version !== undefined && ! isKnownVersion( version ) ) {
			throw controlError( 400, 'body/api_version must be a version that Stripe released.' );
		}
	} );
	addSettingsRoutes( app, settings, properties );
}
