import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import Stripe from 'stripe';
import { buildStripeEmulator } from '../../tools/emulators/stripe/app.ts';
import { clientFor, SALE, setup } from './helpers.ts';

test( 'replays the first answer under a key, and refuses other parameters', async ( t ) => {
	const { stripe, control } = await setup( t );
	const options = { idempotencyKey: 'smi-session-1' };
	const first = await stripe.checkout.sessions.create( SALE, options );
	const second = await stripe.checkout.sessions.create( SALE, options );
	assert.equal( second.id, first.id );
	assert.equal( second.lastResponse.headers[ 'idempotent-replayed' ], 'true' );
	assert.equal( first.lastResponse.headers[ 'idempotent-replayed' ], undefined );
	await assert.rejects(
		stripe.checkout.sessions.create( { ...SALE, customer_email: 'x@example.com' }, options ),
		Stripe.errors.StripeIdempotencyError
	);
	assert.equal( ( await stripe.checkout.sessions.list() ).data.length, 1 );
	await control( '/clock', { advance_s: 25 * 3600 } );
	assert.notEqual( ( await stripe.checkout.sessions.create( SALE, options ) ).id, first.id, 'keys age out' );
} );

test( 'saves refusals made while working, not bad parameters', async ( t ) => {
	const { stripe, paid } = await setup( t );
	const payment_intent = await paid();
	const key = { idempotencyKey: 'k1' };
	await stripe.refunds.create( { payment_intent } );
	const refusal = await stripe.refunds
		.create( { payment_intent, amount: 1 }, key )
		.catch( ( error: unknown ) => error as Stripe.errors.StripeError );
	const replay = await stripe.refunds
		.create( { payment_intent, amount: 1 }, key )
		.catch( ( error: unknown ) => error as Stripe.errors.StripeError );
	assert.equal( ( refusal as Stripe.errors.StripeError ).code, 'charge_already_refunded' );
	assert.equal( ( replay as Stripe.errors.StripeError ).headers?.[ 'idempotent-replayed' ], 'true' );
	const free = { idempotencyKey: 'k2' };
	await assert.rejects( stripe.checkout.sessions.create( { ...SALE, expires_at: 1 }, free ) );
	await stripe.checkout.sessions.create( SALE, free );
} );

test( 'answers 409 while the first request with a key is under way', async ( t ) => {
	const { stripe, control } = await setup( t );
	await control( '/faults', { match: { path: '/v1/checkout' }, effect: { delay_ms: 300 }, times: 1 } );
	const slow = stripe.checkout.sessions.create( SALE, { idempotencyKey: 'k' } );
	await new Promise( ( resolve ) => setTimeout( resolve, 100 ) );
	const hasty = await stripe.checkout.sessions
		.create( SALE, { idempotencyKey: 'k' } )
		.catch( ( error: unknown ) => error as Stripe.errors.StripeError );
	assert.deepEqual(
		[ ( hasty as Stripe.errors.StripeError ).statusCode, ( hasty as Stripe.errors.StripeError ).code ],
		[ 409, 'idempotency_key_in_use' ]
	);
	assert.equal( ( await stripe.checkout.sessions.create( SALE, { idempotencyKey: 'other' } ) ).status, 'open' );
	assert.equal( ( await slow ).status, 'open' );
} );

test( 'a fault answers, delays, or cuts the line before or after the work', async ( t ) => {
	const { stripe, control, url } = await setup( t );
	const match = { method: 'POST', path: '/v1/checkout/sessions' };
	await control( '/faults', { match, effect: { status: 503 }, times: 1 } );
	await assert.rejects(
		stripe.checkout.sessions.create( SALE ),
		( error: Stripe.errors.StripeError ) => error.statusCode === 503
	);
	await control( '/faults', {
		match,
		effect: {
			status: 429,
			body: { error: { type: 'invalid_request_error', message: 'slow', code: 'rate_limit' } },
		},
		times: 1,
	} );
	await assert.rejects( stripe.checkout.sessions.create( SALE ), Stripe.errors.StripeRateLimitError );

	// The SDK tries once more by itself when a connection is cut, so cut it twice.
	await control( '/faults', { match, effect: { drop: 'before' }, times: 2 } );
	await assert.rejects(
		stripe.checkout.sessions.create( SALE, { idempotencyKey: 'd' } ),
		Stripe.errors.StripeConnectionError
	);
	assert.equal( ( await stripe.checkout.sessions.list() ).data.length, 0, 'nothing was done' );

	await control( '/faults', { match, effect: { drop: 'after' }, times: 2 } );
	await assert.rejects(
		stripe.checkout.sessions.create( SALE, { idempotencyKey: 'd' } ),
		Stripe.errors.StripeConnectionError
	);
	const [ made ] = ( await stripe.checkout.sessions.list() ).data;
	assert.equal(
		( await stripe.checkout.sessions.create( SALE, { idempotencyKey: 'd' } ) ).id,
		made?.id,
		'the key brings what was made'
	);

	const calls = ( await control( '/calls' ) ).json.filter( ( each: { method: string } ) => each.method === 'POST' );
	assert.deepEqual(
		calls.map( ( each: { status: number | null } ) => each.status ),
		[ 503, 429, null, null, 200, 200, 200 ]
	);
	assert.deepEqual( calls[ 4 ].fault, { drop: 'after' } );
	assert.equal( calls[ 6 ].idempotency_key, 'd' );
	assert.deepEqual( Object.keys( calls[ 0 ] ).sort(), [
		'at',
		'fault',
		'idempotency_key',
		'method',
		'path',
		'status',
	] );

	await control( '/faults', { effect: { status: 500 } } );
	await assert.rejects( stripe.balance.retrieve() );
	assert.equal( ( await fetch( `${ url }/c/pay/${ made?.id }` ) ).status, 200, 'pages are disturbed only by name' );
	await control( '/faults', undefined, 'DELETE' );
	await stripe.balance.retrieve();
	await control( '/calls', undefined, 'DELETE' );
	assert.deepEqual( ( await control( '/calls' ) ).json, [] );
} );

test( 'control routes say what is wrong with a body', async ( t ) => {
	const { control } = await setup( t );
	for ( const [ path, body ] of [
		[ '/faults', { effect: { nonsense: 1 } } ],
		[ '/faults', {} ],
		[ '/clock', { advance_s: 'x' } ],
		[ '/webhooks', { drop: 2 } ],
		[ '/seed', { sales: [ { session_id: 'cs_1' } ] } ],
	] as const ) {
		const answer = await control( path, body );
		assert.equal( answer.status, 400 );
		assert.match( answer.json.error.message, /body/ );
	}
} );

test( 'a restart keeps every object, key and default', async ( t ) => {
	const dir = mkdtempSync( join( tmpdir(), 'smi-emulator-' ) );
	const statePath = join( dir, 'state.json' );
	const first = buildStripeEmulator( { statePath } );
	const stripe = clientFor( await first.listen( { host: '127.0.0.1', port: 0 } ) );
	const session = await stripe.checkout.sessions.create( SALE, { idempotencyKey: 'kept' } );
	await first.close();
	const second = await setup( t, { statePath } );
	// Hooks run in this order: the emulator writes its state once more when it closes.
	t.after( () => rmSync( dir, { recursive: true, force: true } ) );
	assert.equal( ( await second.stripe.checkout.sessions.retrieve( session.id ) ).status, 'open' );
	assert.equal( ( await second.stripe.checkout.sessions.create( SALE, { idempotencyKey: 'kept' } ) ).id, session.id );
} );
