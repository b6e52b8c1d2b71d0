import assert from 'node:assert/strict';
import { test } from 'node:test';
import Stripe from 'stripe';
import { receiver, SALE, setup, until, type Json } from './helpers.ts';

const OLD = '2020-08-27';

function clientIn( url: string, apiVersion: string ): Stripe {
	const { hostname, port } = new URL( url );
	return new Stripe( 'sk_test_emulator', {
		host: hostname,
		port,
		protocol: 'http',
		maxNetworkRetries: 0,
		apiVersion: apiVersion as never,
	} );
}

test( "answers in the request's version and says so, and refuses one that never was", async ( t ) => {
	const { url, stripe, paid } = await setup( t );
	const old = clientIn( url, OLD );
	const session = await old.checkout.sessions.create( SALE );
	assert.equal( session.lastResponse.headers[ 'stripe-version' ], OLD );
	assert.equal( session.ui_mode as string, 'hosted' );
	assert.equal( ( await stripe.checkout.sessions.retrieve( session.id ) ).ui_mode, 'hosted_page' );
	const intent: Json = await old.paymentIntents.retrieve( await paid() );
	assert.equal( intent.latest_charge, undefined );
	assert.equal( intent.charges.data.length, 1 );
	assert.deepEqual( intent.charges.data[ 0 ].refunds.data, [] );
	for ( const version of [ '2026-10-29', '2027-01-01.endive', 'latest', '2026-10-28.preview' ] ) {
		await assert.rejects( clientIn( url, version ).balance.retrieve(), ( error: Stripe.errors.StripeError ) => {
			assert.deepEqual( [ error.statusCode, error.type ], [ 400, 'StripeInvalidRequestError' ] );
			assert.match( error.message, new RegExp( `Invalid Stripe API version: ${ version }` ) );
			return true;
		} );
	}
} );

test( "without a version of its own a request is answered in the account's", async ( t ) => {
	const { url, control, paid } = await setup( t );
	const payment_intent = await paid();
	const ask = async () => {
		const response = await fetch( `${ url }/v1/payment_intents/${ payment_intent }`, {
			headers: { authorization: 'Bearer sk_test_x' },
		} );
		return [ response.headers.get( 'stripe-version' ), 'charges' in ( ( await response.json() ) as object ) ];
	};
	assert.deepEqual( await ask(), [ '2026-10-28.endive', false ] );
	await control( '/settings', { api_version: OLD } );
	assert.deepEqual( await ask(), [ OLD, true ] );
} );

test( "events come in their endpoint's version, whatever the account's is", async ( t ) => {
	const [ older, newer, accounts ] = [ await receiver( t ), await receiver( t ), await receiver( t ) ];
	const { stripe, sale } = await setup( t, {
		webhookUrl: accounts.url,
		settings: { api_version: '2024-06-20' },
	} );
	const enabled_events = [ 'payment_intent.succeeded' as const ];
	await stripe.webhookEndpoints.create( { url: older.url, enabled_events, api_version: OLD as never } );
	await stripe.webhookEndpoints.create( {
		url: newer.url,
		enabled_events,
		api_version: '2026-10-28.endive' as never,
	} );
	await sale( 'pay' );
	const [ old, now ] = [ await until( () => older.hooks[ 0 ] ), await until( () => newer.hooks[ 0 ] ) ];
	assert.deepEqual( [ old.json.api_version, old.json.data.object.charges.data.length ], [ OLD, 1 ] );
	assert.deepEqual( [ now.json.api_version, 'charges' in now.json.data.object ], [ '2026-10-28.endive', false ] );
	assert.equal( old.json.id, now.json.id );
	const completed = await until( () =>
		accounts.hooks.find( ( { json } ) => json.type === 'checkout.session.completed' )
	);
	assert.deepEqual( [ completed.json.api_version, completed.json.data.object.ui_mode ], [ '2024-06-20', 'hosted' ] );
	const event: Json = await stripe.events.retrieve( completed.json.id );
	assert.deepEqual( [ event.api_version, event.data.object.ui_mode ], [ '2024-06-20', 'hosted' ] );
} );
