import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type Stripe from 'stripe';
import { buildStripeEmulator } from '../../tools/emulators/stripe/app.ts';
import { clientFor, listen, receiver, SALE, setup, until, type Json } from './helpers.ts';

const LIVE_KEY = 'sk_live_emulator';

/** Every `livemode` in a value, however deep. */
function modesIn( value: unknown ): boolean[] {
	if ( value === null || typeof value !== 'object' ) {
		return [];
	}
	return Object.entries( value ).flatMap( ( [ key, child ] ) =>
		key === 'livemode' ? [ child ] : modesIn( child )
	);
}

test( 'a live sale is live in every object and event, from the page to the refund', async ( t ) => {
	const hooks = await receiver( t );
	const { url, control } = await setup( t, { webhookUrl: hooks.url, webhookSecret: 'whsec_l' } );
	const stripe = clientFor( url, LIVE_KEY );
	const made = await stripe.checkout.sessions.create( SALE );
	assert.match( made.id, /^cs_live_\w{40,}$/ );
	assert.match( await ( await fetch( String( made.url ) ) ).text(), /Harbour, 4x/ );
	const form = new URLSearchParams( { email: 'ada@example.com', card: '4242424242424242', outcome: 'pay' } );
	assert.equal(
		( await fetch( String( made.url ), { method: 'POST', body: form, redirect: 'manual' } ) ).status,
		303
	);
	const session = await stripe.checkout.sessions.retrieve( made.id, {
		expand: [ 'payment_intent.latest_charge', 'line_items.data.price.product' ],
	} );
	const payment_intent = ( session.payment_intent as Stripe.PaymentIntent ).id;
	const refund = await stripe.refunds.create( { payment_intent, amount: 100 }, { idempotencyKey: 'r' } );
	assert.equal( ( await control( `/refunds/${ refund.id }`, { status: 'failed' } ) ).json.status, 'failed' );
	const dispute = ( await control( '/disputes', { payment_intent } ) ).json;
	const seen = [ session, dispute, await stripe.balance.retrieve(), await stripe.events.list( { limit: 100 } ) ];
	for ( const each of seen ) {
		const modes = modesIn( each );
		assert.ok( modes.length > 0 );
		assert.deepEqual( new Set( modes ), new Set( [ true ] ) );
	}
	const { body, signature } = await until( () => hooks.hooks[ 0 ] );
	assert.equal( stripe.webhooks.constructEvent( body, signature, 'whsec_l' ).livemode, true );
} );

test( 'live and test data are two worlds, and Stripe says when only the mode is wrong', async ( t ) => {
	const { url, stripe, sale, paid } = await setup( t );
	const live = clientFor( url, 'rk_live_emulator' );
	const session = await sale();
	const payment_intent = await paid();
	const wrong = ( kind: string, id: string, here: string, there: string ) => ( error: unknown ) => {
		const { statusCode, code, message } = error as Stripe.errors.StripeError;
		assert.deepEqual(
			[ statusCode, code, message ],
			[
				404,
				'resource_missing',
				`No such ${ kind }: '${ id }'; a similar object exists in ${ there } mode, but a ${ here } mode key was used to make this request.`,
			]
		);
		return true;
	};
	await assert.rejects(
		live.checkout.sessions.retrieve( session.id ),
		wrong( 'checkout.session', session.id, 'live', 'test' )
	);
	await assert.rejects(
		live.refunds.create( { payment_intent } ),
		wrong( 'payment_intent', payment_intent, 'live', 'test' )
	);
	await assert.rejects( live.refunds.create( { payment_intent: 'pi_none' } ), /No such payment_intent: 'pi_none'$/ );
	assert.equal( ( await live.checkout.sessions.list() ).data.length, 0 );
	assert.equal( ( await live.events.list() ).data.length, 0 );
	const own = await live.checkout.sessions.create( SALE );
	await assert.rejects(
		stripe.checkout.sessions.retrieve( own.id ),
		wrong( 'checkout.session', own.id, 'test', 'live' )
	);
} );

test( 'an idempotency key belongs to its mode', async ( t ) => {
	const { url, stripe } = await setup( t );
	const live = clientFor( url, LIVE_KEY );
	const options = { idempotencyKey: 'same' };
	const [ a, b ] = [
		await stripe.checkout.sessions.create( SALE, options ),
		await live.checkout.sessions.create( SALE, options ),
	];
	assert.notEqual( a.id, b.id );
	assert.equal( b.lastResponse.headers[ 'idempotent-replayed' ], undefined );
} );

test( 'accepts live keys from its own machine only', async ( t ) => {
	const app = buildStripeEmulator();
	t.after( () => app.close() );
	const ask = ( remoteAddress: string, key: string ) =>
		app.inject( { url: '/v1/balance', remoteAddress, headers: { authorization: `Bearer ${ key }` } } );
	assert.equal( ( await ask( '203.0.113.9', LIVE_KEY ) ).statusCode, 401 );
	assert.equal( ( await ask( '203.0.113.9', 'sk_test_x' ) ).statusCode, 200 );
	for ( const address of [ '127.0.0.1', '127.8.0.1', '::1', '::ffff:127.0.0.1' ] ) {
		assert.equal( ( await ask( address, LIVE_KEY ) ).statusCode, 200, address );
	}
} );

test( 'in live mode a shop must have HTTPS, unless it is on this machine', async ( t ) => {
	const { url, stripe } = await setup( t );
	const live = clientFor( url, LIVE_KEY );
	const plain = { ...SALE, success_url: 'http://shop.example/done' };
	await stripe.checkout.sessions.create( plain );
	await assert.rejects( live.checkout.sessions.create( plain ), ( error: Json ) => {
		assert.deepEqual( [ error.statusCode, error.code, error.param ], [ 400, 'url_invalid', 'success_url' ] );
		return true;
	} );
	await live.checkout.sessions.create( { ...SALE, success_url: 'http://127.0.0.1:9400/done' } );
} );

test( 'a seeded live sale is live, and both modes outlive a restart', async ( t ) => {
	const dir = mkdtempSync( join( tmpdir(), 'smi-emulator-' ) );
	const statePath = join( dir, 'state.json' );
	const first = buildStripeEmulator( { statePath } );
	const url = await listen( t, first );
	const session = await clientFor( url, LIVE_KEY ).checkout.sessions.create( SALE );
	await first.close();
	const second = await setup( t, { statePath } );
	t.after( () => rmSync( dir, { recursive: true, force: true } ) );
	const live = clientFor( second.url, LIVE_KEY );
	assert.equal( ( await live.checkout.sessions.retrieve( session.id ) ).livemode, true );
	const sale = {
		session_id: 'cs_live_seeded',
		amount_minor: 500,
		currency: 'usd',
		created: 1_800_000_000,
		state: 'paid',
	};
	await second.control( '/seed', { sales: [ sale ] } );
	assert.equal( ( await live.checkout.sessions.retrieve( 'cs_live_seeded' ) ).livemode, true );
	await assert.rejects( second.stripe.checkout.sessions.retrieve( 'cs_live_seeded' ), /exists in live mode/ );
} );
