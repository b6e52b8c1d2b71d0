import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import Stripe from 'stripe';
import { buildStripeEmulator } from '../../tools/emulators/stripe/app.ts';
import { call, clientFor, listen, SALE, setup } from './helpers.ts';

type Failure = Stripe.errors.StripeError;

const failed = ( promise: Promise< unknown > ) =>
	promise.then(
		() => assert.fail( 'it went through' ),
		( error: unknown ) => error as Failure
	);

/** How many of so many requests at once are refused, and one of the refusals. */
async function burst( stripe: Stripe, count: number ): Promise< { refused: number; error: Failure | undefined } > {
	const answers = await Promise.allSettled( Array.from( { length: count }, () => stripe.balance.retrieve() ) );
	const errors = answers.flatMap( ( each ) => ( each.status === 'rejected' ? [ each.reason as Failure ] : [] ) );
	return { refused: errors.length, error: errors[ 0 ] };
}

test( 'a 500 is saved under its key and comes again, with nothing done', async ( t ) => {
	const { stripe, control, paid } = await setup( t );
	const payment_intent = await paid();
	const refund = ( idempotencyKey: string ) =>
		stripe.refunds.create( { payment_intent, amount: 100 }, { idempotencyKey } );
	const match = { method: 'POST', path: '/v1/refunds' };
	await control( '/faults', { match, effect: { status: 500 }, times: 1 } );
	const first = await failed( refund( 'a' ) );
	const again = await failed( refund( 'a' ) );
	assert.deepEqual( [ first.statusCode, again.statusCode ], [ 500, 500 ] );
	assert.deepEqual(
		[ first.headers?.[ 'idempotent-replayed' ], again.headers?.[ 'idempotent-replayed' ] ],
		[ undefined, 'true' ]
	);
	assert.equal( again.message, first.message );
	assert.equal( ( await stripe.refunds.list( { payment_intent } ) ).data.length, 0 );
	assert.equal( ( await refund( 'b' ) ).status, 'succeeded' );
	const clash = await failed( stripe.refunds.create( { payment_intent, amount: 7 }, { idempotencyKey: 'a' } ) );
	assert.deepEqual( [ clash.statusCode, clash.type ], [ 400, 'StripeIdempotencyError' ] );
	await control( '/clock', { advance_s: 25 * 3600 } );
	assert.equal( ( await refund( 'a' ) ).status, 'succeeded', 'keys age out' );
} );

test( 'what was saved comes again although a fault is set; what failed before the work is not saved', async ( t ) => {
	const { stripe, control } = await setup( t );
	const create = ( idempotencyKey: string ) => stripe.checkout.sessions.create( SALE, { idempotencyKey } );
	const made = await create( 'a' );
	const match = { path: '/v1/checkout/sessions' };
	await control( '/faults', { match, effect: { status: 500 }, times: 1 } );
	const replayed = await create( 'a' );
	assert.deepEqual( [ replayed.id, replayed.lastResponse.headers[ 'idempotent-replayed' ] ], [ made.id, 'true' ] );
	for ( const status of [ 401, 403, 409, 429, 502, 503 ] ) {
		await control( '/faults', { match, effect: { status }, times: 1 } );
		assert.equal( ( await failed( create( `k${ status }` ) ) ).statusCode, status );
		assert.equal( ( await create( `k${ status }` ) ).lastResponse.headers[ 'idempotent-replayed' ], undefined );
	}
	const long = await failed( create( 'x'.repeat( 256 ) ) );
	assert.deepEqual( [ long.statusCode, long.type ], [ 400, 'StripeIdempotencyError' ] );
} );

test( 'more than 25 requests a second in test mode, or 100 in live mode, are refused', async ( t ) => {
	let now = Date.now();
	const { url, stripe } = await setup( t, { now: () => now } );
	const { refused, error } = await burst( stripe, 60 );
	assert.equal( refused, 35 );
	assert.ok( error instanceof Stripe.errors.StripeRateLimitError );
	assert.deepEqual( [ error.statusCode, error.code ], [ 429, 'rate_limit' ] );
	assert.equal( error.headers?.[ 'stripe-rate-limited-reason' ], 'global-rate' );
	assert.equal( error.headers?.[ 'retry-after' ], undefined );
	const live = clientFor( url, 'sk_live_emulator' );
	assert.equal( ( await burst( live, 90 ) ).refused, 0, 'each mode counts for itself' );
	assert.equal( ( await burst( live, 90 ) ).refused, 80 );
	now += 200;
	assert.equal( ( await burst( stripe, 10 ) ).refused, 5 );
} );

test( 'does not start with a setting or a right that there is not', () => {
	assert.throws( () => buildStripeEmulator( { settings: { rate: 1 } as never } ), /no setting "rate"/ );
	const permissions = { balances: 'read' } as never;
	assert.throws(
		() => buildStripeEmulator( { keys: [ { key: 'rk_test_a', permissions } ] } ),
		/no right to "balances"/
	);
} );

test( 'a 429 saves nothing, and its limits, header and latency can be set, also over a restart', async ( t ) => {
	const dir = mkdtempSync( join( tmpdir(), 'smi-emulator-' ) );
	const statePath = join( dir, 'state.json' );
	let now = Date.now();
	const first = buildStripeEmulator( { statePath, settings: { rate_test: 1 }, now: () => now } );
	const url = await listen( t, first );
	await call( url, '/_emulator/settings', { retry_after_s: 2 } );
	const stripe = clientFor( url );
	await stripe.balance.retrieve();
	const refused = await failed( stripe.checkout.sessions.create( SALE, { idempotencyKey: 'k' } ) );
	assert.deepEqual( [ refused.statusCode, refused.headers?.[ 'retry-after' ] ], [ 429, '2' ] );
	now += 1100;
	const made = await stripe.checkout.sessions.create( SALE, { idempotencyKey: 'k' } );
	assert.equal( made.lastResponse.headers[ 'idempotent-replayed' ], undefined );
	await first.close();

	const second = await setup( t, { statePath, settings: { rate_test: 3 } } );
	t.after( () => rmSync( dir, { recursive: true, force: true } ) );
	const { json } = await second.control( '/settings' );
	assert.deepEqual( [ json.retry_after_s, json.rate_test ], [ 2, 3 ] );
	await second.control( '/settings', { rate_test: 0, latency_ms: [ 150, 200 ] } );
	const began = performance.now();
	assert.equal( ( await burst( second.stripe, 60 ) ).refused, 0 );
	assert.ok( performance.now() - began >= 149 );
	assert.equal( ( await second.control( '/settings', { rate: 1 } ) ).status, 400 );
	assert.equal( ( await second.control( '/settings', { api_version: '2099-01-01' } ) ).status, 400 );
} );
