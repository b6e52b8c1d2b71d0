import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import Stripe from 'stripe';
import { buildStripeEmulator } from '../../tools/emulators/stripe/app.ts';
import { RESOURCES } from '../../tools/emulators/stripe/keys.ts';
import { call, clientFor, listen, SALE, setup, type Json } from './helpers.ts';

const KEY = 'rk_test_restricted';

const lacks = ( name: string ) => ( error: unknown ) => {
	assert.ok( error instanceof Stripe.errors.StripePermissionError, String( error ) );
	assert.equal( error.statusCode, 403 );
	assert.equal( ( error.raw as Json ).type, 'invalid_request_error' );
	assert.equal(
		error.message,
		`The provided key 'rk_test_****cted' does not have the required permissions for this endpoint on account 'acct_emulator00000000'. Having the '${ name }' permission would allow this request to continue.`
	);
	assert.match( error.requestId ?? '', /^req_/ );
	return true;
};

test( 'a restricted key may do all until it is told otherwise, then each object needs its right', async ( t ) => {
	const { url, control, paid, sale } = await setup( t );
	const stripe = clientFor( url, KEY );
	const payment_intent = await paid();
	const { id } = await sale();
	await stripe.balance.retrieve();
	const asks: Array< [ string, string, () => Promise< unknown > ] > = [
		[ 'account', 'rak_connected_account_read', () => stripe.accounts.retrieveCurrent() ],
		[ 'balance', 'rak_balance_read', () => stripe.balance.retrieve() ],
		[ 'balance', 'rak_balance_read', async () => stripe.balanceTransactions.list() ],
		[ 'charges', 'rak_charge_read', async () => stripe.charges.list() ],
		[ 'checkout_sessions', 'rak_checkout_session_read', () => stripe.checkout.sessions.retrieve( id ) ],
		[ 'disputes', 'rak_dispute_read', async () => stripe.disputes.list() ],
		[ 'events', 'rak_event_read', async () => stripe.events.list() ],
		[ 'events', 'rak_event_read', () => stripe.v2.core.events.retrieve( 'evt_test_none' ) ],
		[ 'payment_intents', 'rak_payment_intent_read', () => stripe.paymentIntents.retrieve( payment_intent ) ],
		[ 'refunds', 'rak_charge_read', async () => stripe.refunds.list() ],
		[ 'webhook_endpoints', 'rak_webhook_read', async () => stripe.webhookEndpoints.list() ],
	];
	for ( const [ resource, name, ask ] of asks ) {
		await control( '/keys', { key: KEY, permissions: { [ resource ]: 'none' } } );
		await assert.rejects( ask, lacks( name ) );
		await control( '/keys', { key: KEY, permissions: { [ resource ]: 'read' } } );
		await ask().catch( ( error: Stripe.errors.StripeError ) => assert.equal( error.statusCode, 404 ) );
	}
} );

test( 'reading is not writing, and a refusal is not saved under the idempotency key', async ( t ) => {
	const { url, control, paid } = await setup( t );
	const stripe = clientFor( url, KEY );
	await control( '/keys', { key: KEY, rest: 'read' } );
	const idempotencyKey = 'once';
	const create = () => stripe.checkout.sessions.create( SALE, { idempotencyKey } );
	await assert.rejects( create, lacks( 'rak_checkout_session_write' ) );
	const payment_intent = await paid();
	await assert.rejects( stripe.refunds.create( { payment_intent } ), lacks( 'rak_charge_write' ) );
	await assert.rejects( stripe.webhookEndpoints.del( 'we_none' ), lacks( 'rak_webhook_write' ) );
	await control( '/keys', { key: KEY, permissions: { checkout_sessions: 'write' } } );
	assert.equal( ( await create() ).status, 'open' );
} );

test( 'what is expanded needs its right too, also where nothing is there to be expanded', async ( t ) => {
	const { url, control, sale } = await setup( t );
	const stripe = clientFor( url, KEY );
	const { id } = await sale( 'pay' );
	const read = ( expand: string[], session = id ) => stripe.checkout.sessions.retrieve( session, { expand } );
	await control( '/keys', { key: KEY, permissions: { balance: 'none' } } );
	await read( [ 'payment_intent.latest_charge' ] );
	await assert.rejects( read( [ 'payment_intent.latest_charge.balance_transaction' ] ), lacks( 'rak_balance_read' ) );
	const open = ( await sale() ).id;
	await assert.rejects(
		read( [ 'payment_intent.latest_charge.balance_transaction' ], open ),
		lacks( 'rak_balance_read' )
	);
	await assert.rejects(
		async () =>
			stripe.checkout.sessions.list( { expand: [ 'data.payment_intent.latest_charge.balance_transaction' ] } ),
		lacks( 'rak_balance_read' )
	);
	await assert.rejects(
		stripe.checkout.sessions.create( { ...SALE, expand: [ 'payment_intent.latest_charge.balance_transaction' ] } ),
		lacks( 'rak_balance_read' )
	);
	await control( '/keys', { key: KEY, permissions: { balance: 'read', charges: 'none' } } );
	await assert.rejects( read( [ 'payment_intent.latest_charge' ] ), lacks( 'rak_charge_read' ) );
	await control( '/keys', { key: KEY, permissions: { charges: 'read', payment_intents: 'none' } } );
	await assert.rejects( read( [ 'payment_intent' ] ), lacks( 'rak_payment_intent_read' ) );
	await control( '/keys', { key: KEY, permissions: { payment_intents: 'read' } } );
	await read( [ 'payment_intent.latest_charge.balance_transaction' ] );
} );

test( 'tells one balance transaction and lists them', async ( t ) => {
	const { stripe, paid } = await setup( t );
	const { latest_charge } = await stripe.paymentIntents.retrieve( await paid() );
	const { balance_transaction } = await stripe.charges.retrieve( String( latest_charge ) );
	const found = await stripe.balanceTransactions.retrieve( String( balance_transaction ) );
	assert.deepEqual( [ found.fee, found.currency, found.source ], [ 66, 'usd', latest_charge ] );
	assert.equal( ( await stripe.balanceTransactions.list( { source: String( latest_charge ) } ) ).data.length, 1 );
	assert.equal( ( await stripe.balanceTransactions.list( { source: 'ch_other' } ) ).data.length, 0 );
	await assert.rejects(
		stripe.balanceTransactions.retrieve( 'txn_none' ),
		/No such balance transaction: 'txn_none'/
	);
} );

test( 'a revoked key is refused with 401 until it is given back', async ( t ) => {
	const { url, control } = await setup( t );
	for ( const key of [ KEY, 'sk_test_secret' ] ) {
		const stripe = clientFor( url, key );
		await control( '/keys', { key, revoked: true } );
		await assert.rejects( stripe.balance.retrieve(), ( error: Stripe.errors.StripeError ) => {
			assert.ok( error instanceof Stripe.errors.StripeAuthenticationError );
			assert.deepEqual( [ error.statusCode, error.code ], [ 401, 'api_key_expired' ] );
			return true;
		} );
		await control( '/keys', { key, revoked: false } );
		await stripe.balance.retrieve();
	}
} );

test( 'says what is wrong with a key, and tells what each may do', async ( t ) => {
	const { control } = await setup( t );
	for ( const body of [
		{},
		{ key: 'pk_test_x' },
		{ key: KEY, permissions: { balances: 'none' } },
		{ key: KEY, permissions: { balance: 'all' } },
		{ key: 'sk_test_x', permissions: { balance: 'none' } },
	] ) {
		const answer = await control( '/keys', body );
		assert.equal( answer.status, 400 );
		assert.match( answer.json.error.message, /body/ );
	}
	await control( '/keys', { key: KEY, rest: 'none', permissions: { balance: 'read' } } );
	const [ known ] = ( await control( '/keys' ) ).json;
	assert.deepEqual( Object.keys( known.permissions ), [ ...RESOURCES ] );
	assert.deepEqual(
		[ known.permissions.balance, known.permissions.charges, known.rest ],
		[ 'read', 'none', 'none' ]
	);
} );

test( 'rights are set at start, and kept over a restart', async ( t ) => {
	const dir = mkdtempSync( join( tmpdir(), 'smi-emulator-' ) );
	const statePath = join( dir, 'state.json' );
	const first = buildStripeEmulator( { statePath, keys: [ { key: KEY, permissions: { balance: 'none' } } ] } );
	const url = await listen( t, first );
	await assert.rejects( clientFor( url, KEY ).balance.retrieve(), lacks( 'rak_balance_read' ) );
	await call( url, '/_emulator/keys', { key: KEY, permissions: { balance: 'read', charges: 'none' } } );
	await first.close();
	const second = await setup( t, { statePath } );
	t.after( () => rmSync( dir, { recursive: true, force: true } ) );
	const stripe = clientFor( second.url, KEY );
	await stripe.balance.retrieve();
	await assert.rejects( async () => stripe.charges.list(), lacks( 'rak_charge_read' ) );
} );

test( 'takes only the key it was given, and those that were described', async ( t ) => {
	const { url, control } = await setup( t, { secretKey: 'sk_test_emulator' } );
	await assert.rejects( clientFor( url, KEY ).balance.retrieve(), Stripe.errors.StripeAuthenticationError );
	await control( '/keys', { key: KEY } );
	await clientFor( url, KEY ).balance.retrieve();
} );
