import type Stripe from 'stripe';
import { randomToken } from '../../shared/ids.ts';
import type { Context } from '../context.ts';
import { invalid, missing, noSuch, StripeError } from '../errors.ts';
import { newId } from '../ids.ts';
import { isKnownVersion } from '../objects/versions.ts';
import { buildEndpoint } from '../objects/webhook-endpoint.ts';
import { page } from './list.ts';
import type { Params } from './params.ts';
import type { AddRoute } from './route.ts';
import { checkUrl } from './texts.ts';

const MOST = 16;
const EVENT =
	/^(account|application_fee|balance|billing|billing_portal|capability|cash_balance|charge|checkout|coupon|credit_note|customer|dispute|entitlements|file|financial_connections|identity|invoice|invoice_payment|invoiceitem|issuing_\w+|mandate|payment_intent|payment_link|payment_method|payout|person|plan|price|product|promotion_code|quote|radar|refund|reporting|review|setup_intent|sigma|source|subscription_schedule|tax|tax_rate|terminal|test_helpers|topup|transfer|treasury|v1|v2)(\.[a-z_]+)+$/;

function eventsOf( params: Params ): string[] {
	const events = params.texts( 'enabled_events' );
	events.forEach( ( event, index ) => {
		if ( event !== '*' && ! EVENT.test( event ) ) {
			const name = `enabled_events[${ index }]`;
			throw invalid( `Invalid ${ name }: ${ event } is not a type of event`, name, 'parameter_invalid' );
		}
	} );
	if ( params.has( 'enabled_events' ) && events.length === 0 ) {
		throw invalid( 'You must specify at least one event in enabled_events.', 'enabled_events' );
	}
	return events;
}

function urlOf( params: Params, context: Context ): string {
	const url = params.needText( 'url' );
	checkUrl( url, 'url', context.store.livemode );
	return url;
}

function create( context: Context, params: Params ): Stripe.WebhookEndpoint {
	params.only( [ 'api_version', 'connect', 'description', 'enabled_events', 'expand', 'metadata', 'url' ] );
	const url = urlOf( params, context );
	const enabled_events = eventsOf( params );
	if ( enabled_events.length === 0 ) {
		throw missing( 'enabled_events' );
	}
	const api_version = params.text( 'api_version' );
	if ( api_version !== null && ! isKnownVersion( api_version ) ) {
		throw invalid( `Invalid API version: ${ api_version }`, 'api_version' );
	}
	if ( context.store.all( 'endpoints' ).length >= MOST ) {
		throw new StripeError(
			400,
			`You have reached the maximum of ${ MOST } ${ context.store.livemode ? 'live' : 'test' } webhook endpoints.`,
			{
				isSaved: false,
			}
		);
	}
	const endpoint = buildEndpoint( {
		id: newId( 'we_' ),
		created: context.clock.seconds(),
		url,
		enabled_events,
		api_version,
		description: params.text( 'description' ),
		metadata: params.metadata( 'metadata' ),
	} );
	const secret = `whsec_${ randomToken( 32 ) }`;
	context.store.put( 'secrets', { id: endpoint.id, secret } );
	// The secret is told here and never again.
	return { ...context.store.put( 'endpoints', endpoint ), secret };
}

function update( context: Context, endpoint: Stripe.WebhookEndpoint, params: Params ): Stripe.WebhookEndpoint {
	params.only( [ 'description', 'disabled', 'enabled_events', 'expand', 'metadata', 'url' ] );
	const changes: Partial< Stripe.WebhookEndpoint > = {};
	if ( params.has( 'url' ) ) {
		changes.url = urlOf( params, context );
	}
	if ( params.has( 'enabled_events' ) ) {
		changes.enabled_events = eventsOf( params );
	}
	if ( params.has( 'description' ) ) {
		changes.description = params.text( 'description' );
	}
	if ( params.has( 'metadata' ) ) {
		changes.metadata = params.mergedMetadata( 'metadata', endpoint.metadata );
	}
	const isDisabled = params.flag( 'disabled' );
	if ( isDisabled !== null ) {
		changes.status = isDisabled ? 'disabled' : 'enabled';
	}
	return context.store.put( 'endpoints', Object.assign( endpoint, changes ) );
}

export function addWebhookEndpointRoutes( add: AddRoute, context: Context ): void {
	const { store } = context;
	const find = ( id: string ): Stripe.WebhookEndpoint => {
		const endpoint = store.get( 'endpoints', id );
		if ( ! endpoint ) {
			throw noSuch( 'webhook endpoint', id, 'webhook_endpoint' );
		}
		return endpoint;
	};

	add( 'POST', '/v1/webhook_endpoints', ( { params } ) => create( context, params ) );
	add( 'GET', '/v1/webhook_endpoints', ( { params, path } ) => {
		params.only( [ 'ending_before', 'expand', 'limit', 'starting_after' ] );
		return page( store.rows( 'endpoints' ), params, path );
	} );
	add( 'GET', '/v1/webhook_endpoints/:id', ( { id } ) => find( id ) );
	add( 'POST', '/v1/webhook_endpoints/:id', ( { id, params } ) => update( context, find( id ), params ) );
	add( 'DELETE', '/v1/webhook_endpoints/:id', ( { id } ) => {
		store.delete( 'endpoints', find( id ).id );
		store.put( 'secrets', { id, secret: '' } );
		return { id, object: 'webhook_endpoint', deleted: true };
	} );
}
