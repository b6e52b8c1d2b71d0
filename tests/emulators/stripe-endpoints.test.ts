import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type Stripe from 'stripe';
import { buildStripeEmulator } from '../../tools/emulators/stripe/app.ts';
import { clientFor, listen, receiver, setup, until, type Json } from './helpers.ts';

const refused = ( code: string, param?: string ) => ( error: unknown ) => {
	const { code: found, param: where } = error as Stripe.errors.StripeError;
	assert.deepEqual( [ found, where ], [ code, param ?? where ] );
	return true;
};

test( 'tells an account with an id', async ( t ) => {
	const { stripe } = await setup( t );
	const account = await stripe.accounts.retrieveCurrent();
	assert.match( account.id, /^acct_\w{16,}$/ );
} );

test( 'makes an endpoint, tells its secret once, and signs the events it asked for in its version', async ( t ) => {
	const hooks = await receiver( t );
	const { stripe, sale } = await setup( t );
	const made = await stripe.webhookEndpoints.create( {
		url: hooks.url,
		enabled_events: [ 'checkout.session.completed', 'refund.created' ],
		api_version: '2025-03-31.basil',
		description: 'Shop',
		metadata: { site: 'a' },
	} );
	assert.match( made.id, /^we_\w{24}$/ );
	assert.match( made.secret ?? '', /^whsec_\w{32}$/ );
	assert.deepEqual( [ made.status, made.livemode, made.api_version ], [ 'enabled', false, '2025-03-31.basil' ] );
	assert.equal( ( await stripe.webhookEndpoints.retrieve( made.id ) ).secret, undefined );
	assert.equal( ( await stripe.webhookEndpoints.list() ).data[ 0 ]?.secret, undefined );
	await sale( 'pay' );
	const { body, signature } = await until( () => hooks.hooks[ 0 ] );
	const event = stripe.webhooks.constructEvent( body, signature, made.secret ?? '' );
	assert.equal( event.api_version, '2025-03-31.basil' );
	await new Promise( ( done ) => setTimeout( done, 100 ) );
	assert.deepEqual( hooks.types(), [ 'checkout.session.completed' ] );
} );

test( 'changes, disables and deletes endpoints', async ( t ) => {
	const hooks = await receiver( t );
	const { stripe, sale } = await setup( t );
	const { id } = await stripe.webhookEndpoints.create( {
		url: 'https://shop.example/hook',
		enabled_events: [ '*' ],
		metadata: { a: '1', b: '2' },
	} );
	const changed = await stripe.webhookEndpoints.update( id, {
		url: hooks.url,
		enabled_events: [ 'checkout.session.expired' ],
		metadata: { a: '' },
	} );
	assert.deepEqual(
		[ changed.url, changed.enabled_events, changed.metadata ],
		[ hooks.url, [ 'checkout.session.expired' ], { b: '2' } ]
	);
	await sale( 'expire' );
	await until( () => hooks.hooks.length === 1 );
	assert.equal( ( await stripe.webhookEndpoints.update( id, { disabled: true } ) ).status, 'disabled' );
	await sale( 'expire' );
	await stripe.webhookEndpoints.update( id, { disabled: false } );
	assert.deepEqual( await stripe.webhookEndpoints.del( id ).then( ( { object, deleted } ) => [ object, deleted ] ), [
		'webhook_endpoint',
		true,
	] );
	await sale( 'expire' );
	await new Promise( ( done ) => setTimeout( done, 100 ) );
	assert.equal( hooks.hooks.length, 1 );
	await assert.rejects( stripe.webhookEndpoints.retrieve( id ), refused( 'resource_missing' ) );
} );

test( 'refuses endpoints that Stripe would refuse', async ( t ) => {
	const { stripe } = await setup( t );
	const good = { url: 'https://shop.example/hook', enabled_events: [ 'refund.created' as const ] };
	const bad = ( change: Json, code: string, param: string ) =>
		assert.rejects( stripe.webhookEndpoints.create( { ...good, ...change } ), refused( code, param ) );
	await bad( { url: undefined }, 'parameter_missing', 'url' );
	await bad( { url: 'shop.example/hook' }, 'url_invalid', 'url' );
	await bad( { url: 'https://bücher.example/hook' }, 'url_invalid', 'url' );
	await bad( { enabled_events: undefined }, 'parameter_missing', 'enabled_events' );
	await bad( { enabled_events: [ 'sale.made' ] }, 'parameter_invalid', 'enabled_events[0]' );
	await bad( { api_version: '2031-01-01' }, 'parameter_invalid', 'api_version' );
	await bad( { secret: 'whsec_x' }, 'parameter_unknown', 'secret' );
	for ( let made = 0; made < 16; made++ ) {
		await stripe.webhookEndpoints.create( good );
	}
	await assert.rejects( stripe.webhookEndpoints.create( good ), /maximum of 16 test webhook endpoints/ );
} );

test( 'lists the endpoint set at start, which stays deleted once it is', async ( t ) => {
	const dir = mkdtempSync( join( tmpdir(), 'smi-emulator-' ) );
	const options = {
		statePath: join( dir, 'state.json' ),
		webhookUrl: 'http://127.0.0.1:9/a',
		webhookSecret: 'whsec_a',
	};
	const first = buildStripeEmulator( options );
	const stripe = clientFor( await listen( t, first ) );
	const [ configured ] = ( await stripe.webhookEndpoints.list() ).data;
	assert.deepEqual( [ configured?.url, configured?.enabled_events ], [ options.webhookUrl, [ '*' ] ] );
	const made = await stripe.webhookEndpoints.create( { url: 'https://a.example', enabled_events: [ '*' ] } );
	await stripe.webhookEndpoints.del( String( configured?.id ) );
	await first.close();
	const second = await setup( t, options );
	t.after( () => rmSync( dir, { recursive: true, force: true } ) );
	assert.deepEqual(
		( await second.stripe.webhookEndpoints.list() ).data.map( ( { id } ) => id ),
		[ made.id ]
	);
} );
