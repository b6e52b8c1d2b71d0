import type { FastifyInstance } from 'fastify';
import { createApp } from '../shared/app.ts';
import { CallLog } from '../shared/calls.ts';
import { Clock } from '../shared/clock.ts';
import { addControlRoutes } from '../shared/control.ts';
import { FaultList } from '../shared/faults.ts';
import { parseForm } from '../shared/form.ts';
import { drawLatency, Settings } from '../shared/settings.ts';
import { watchTraffic } from '../shared/traffic.ts';
import { authenticate } from './api/auth.ts';
import { addBalanceRoutes } from './api/balance.ts';
import { addChargeRoutes } from './api/charges.ts';
import { addDisputeRoutes } from './api/disputes.ts';
import { addEventRoutes } from './api/events.ts';
import { addPaymentIntentRoutes } from './api/payment-intents.ts';
import { addPaymentMethodRoutes } from './api/payment-methods.ts';
import { addPaymentPageRoutes } from './api/payment-pages.ts';
import { addProductRoutes } from './api/products.ts';
import { addRefundRoutes } from './api/refunds.ts';
import { limitRate } from './api/rate.ts';
import { insteadOfFault } from './api/fault.ts';
import { apiRoutes, stampHeaders } from './api/route.ts';
import { addSessionRoutes } from './api/sessions.ts';
import { addWebhookEndpointRoutes } from './api/webhook-endpoints.ts';
import { Idempotency } from './api/idempotency.ts';
import type { Context, Worlds } from './context.ts';
import { addKeyRoutes } from './control/keys.ts';
import { addOutcomeRoutes } from './control/outcomes.ts';
import { addSeedRoute } from './control/seed.ts';
import { addWebhookRoutes } from './control/webhooks.ts';
import { StripeError } from './errors.ts';
import { Emitter } from './events.ts';
import { Keys, type KeyInput } from './keys.ts';
import { catchUp } from './outcomes/session.ts';
import { addPageRoutes } from './page/routes.ts';
import { addStripeSettings, DEFAULTS, type StripeSettings } from './settings.ts';
import { Store } from './store.ts';
import { WebhookSender } from './webhooks.ts';

export interface StripeEmulatorOptions {
	/** JSON file that keeps every object over a restart; without it, memory only. */
	statePath?: string;
	/** Where buyers reach the payment page; by default the address it listens on. */
	publicUrl?: string;
	/** Where events are sent; without it, nowhere (they are listed all the same). */
	webhookUrl?: string;
	/** One secret, or several with commas while a secret rotates. */
	webhookSecret?: string;
	/** The only key that is accepted; by default any test key. */
	secretKey?: string;
	/** What keys may do, as `POST /_emulator/keys` takes it; the others may do all. */
	keys?: KeyInput[];
	/** How it behaves, where not as the real one: see `settings.ts`. */
	settings?: Partial< StripeSettings >;
	/** Real time in milliseconds, for tests. */
	now?: () => number;
}

const EXPIRE_EVERY_MS = 1000;

function isApi( url: string ): boolean {
	return url.startsWith( '/v1/' ) || url.startsWith( '/v2/' );
}

function faultBody( status: number ): unknown {
	const refusal = status < 500 ? 'invalid_request_error' : 'api_error';
	const type = status === 429 ? 'rate_limit_error' : refusal;
	return { error: { type, message: `The emulator was told to answer ${ status }.` } };
}

function listeningUrl( app: FastifyInstance ): string {
	const address = app.addresses()[ 0 ];
	return `http://127.0.0.1:${ typeof address === 'object' ? address.port : 0 }`;
}

function addApi( app: FastifyInstance, worlds: Worlds, keys: Keys ): void {
	app.decorateRequest( 'stripeCaller', null );
	void app.register( async ( api ) => {
		api.addHook( 'onRequest', async ( _request, reply ) => stampHeaders( reply ) );
		api.addHook( 'preValidation', async ( request ) => {
			request.stripeCaller = authenticate( request.headers.authorization, request.ip, keys );
		} );
		api.setErrorHandler( ( error: Error & { statusCode?: number }, _request, reply ) => {
			const status = error.statusCode ?? 500;
			const shown =
				error instanceof StripeError
					? error
					: new StripeError( status, error.message, status < 500 ? {} : { type: 'api_error' } );
			reply.code( shown.status ).send( shown.toJSON() );
		} );
		limitRate( api, worlds.test );
		apiRoutes( api, worlds, keys, ( add, context ) => {
			addSessionRoutes( add, context );
			addPaymentIntentRoutes( add, context );
			addChargeRoutes( add, context );
			addRefundRoutes( add, context );
			addDisputeRoutes( add, context );
			addEventRoutes( add, context );
			addBalanceRoutes( add, context );
			addWebhookEndpointRoutes( add, context );
			addProductRoutes( add, context );
			addPaymentMethodRoutes( add, context );
			addPaymentPageRoutes( add, context );
		} );
	} );
	app.setNotFoundHandler( ( request, reply ) => {
		const [ path ] = ( request.raw.url ?? '' ).split( '?' );
		const message = `Unrecognized request URL (${ request.method }: ${ path }). This emulator knows only the part of Stripe's API that Sell My Images uses.`;
		reply.code( 404 ).send( new StripeError( 404, message ).toJSON() );
	} );
}

interface World {
	context: Context;
	sender: WebhookSender;
}

function makeWorld(
	livemode: boolean,
	clock: Clock,
	options: StripeEmulatorOptions,
	shared: Pick< Context, 'publicUrl' | 'settings' >
): World {
	const path = livemode ? options.statePath?.replace( /(\.json)?$/, '-live.json' ) : options.statePath;
	const store = new Store( clock, path, livemode );
	const sender = new WebhookSender(
		store,
		clock,
		shared.settings,
		options.webhookUrl,
		options.webhookSecret ?? 'whsec_sandbox'
	);
	const events = new Emitter(
		store,
		clock,
		() => shared.settings().api_version,
		( record ) => sender.send( record )
	);
	const idempotency = new Idempotency( store, clock );
	idempotency.releaseUnfinished();
	return { context: { store, clock, events, idempotency, ...shared }, sender };
}

/** A local stand-in for Stripe that the official SDK can talk to. Nothing listens yet. */
export function buildStripeEmulator( options: StripeEmulatorOptions = {} ): FastifyInstance {
	const app = createApp();
	app.addContentTypeParser( 'application/x-www-form-urlencoded', { parseAs: 'string' }, ( _request, body, done ) =>
		done( null, parseForm( String( body ) ) )
	);
	const clock = new Clock( options.now );
	const publicUrl = () => ( options.publicUrl ?? listeningUrl( app ) ).replace( /\/$/, '' );
	const settings: Settings< StripeSettings > = new Settings( DEFAULTS, options.settings, () => {
		test.context.store.settings = settings.saved();
		test.context.store.changed();
	} );
	const shared = { publicUrl, settings: () => settings.now };
	const [ test, live ] = [ false, true ].map( ( livemode ) => makeWorld( livemode, clock, options, shared ) ) as [
		World,
		World,
	];
	settings.restore( test.context.store.settings );
	const worlds: Worlds = { test: test.context, live: live.context };
	const senders = [ test.sender, live.sender ];
	const keys = new Keys( worlds.test.store, options.secretKey );
	options.keys?.forEach( ( key ) => keys.describe( key ) );
	const [ calls, faults ] = [ new CallLog(), new FaultList() ];
	watchTraffic( app, {
		calls,
		faults,
		isApi,
		defaultBody: faultBody,
		latencyMs: () => drawLatency( settings.now.latency_ms ),
		insteadOfFault: ( request, status, body ) => insteadOfFault( request, status, body, worlds, keys ),
	} );
	addControlRoutes( app, {
		calls,
		clock,
		faults,
		onClockMoved: () => {
			for ( const context of [ worlds.test, worlds.live ] ) {
				catchUp( context );
				context.store.changed();
			}
			senders.forEach( ( sender ) => sender.reschedule() );
		},
	} );
	addOutcomeRoutes( app, worlds );
	addWebhookRoutes( app, senders );
	addSeedRoute( app, worlds );
	addPageRoutes( app, worlds );
	addKeyRoutes( app, keys );
	addStripeSettings( app, settings );
	addApi( app, worlds, keys );

	const timer = setInterval( () => {
		catchUp( worlds.test );
		catchUp( worlds.live );
	}, EXPIRE_EVERY_MS );
	timer.unref();
	app.addHook( 'onReady', async () => senders.forEach( ( sender ) => sender.resume() ) );
	app.addHook( 'onClose', async () => {
		clearInterval( timer );
		senders.forEach( ( sender ) => sender.stop() );
		worlds.test.store.close();
		worlds.live.store.close();
	} );
	return app;
}
