import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type Stripe from 'stripe';
import { buildStripeEmulator } from '../../tools/emulators/stripe/app.ts';
import { call, clientFor, listen, SALE, setup, type Json, type Setup } from './helpers.ts';

const inEuro: Stripe.Checkout.SessionCreateParams = {
	...SALE,
	line_items: [ { quantity: 1, price_data: { currency: 'eur', unit_amount: 1000, product_data: { name: 'x' } } } ],
};

async function chargeOf( stripe: Stripe, intent: string ): Promise< Stripe.Charge > {
	const { latest_charge } = await stripe.paymentIntents.retrieve( intent, {
		expand: [ 'latest_charge.balance_transaction' ],
	} );
	return latest_charge as Stripe.Charge;
}

async function paidInEuro( { stripe, control }: Setup ): Promise< string > {
	const { id } = await stripe.checkout.sessions.create( inEuro );
	return ( await control( `/checkout/sessions/${ id }`, { outcome: 'pay' } ) ).json.payment_intent;
}

const types = async ( stripe: Stripe ) =>
	( await stripe.events.list( { limit: 100 } ) ).data.map( ( { type } ) => type );

test( '3-D Secure: the session stays open until the bank is content, and no charge exists before', async ( t ) => {
	const { stripe, control, sale } = await setup( t );
	const session = await sale( 'authenticate' );
	assert.deepEqual( [ session.status, session.payment_status ], [ 'open', 'unpaid' ] );
	const intent = await stripe.paymentIntents.retrieve( session.payment_intent );
	assert.deepEqual(
		[ intent.status, intent.next_action?.type, intent.latest_charge ],
		[ 'requires_action', 'redirect_to_url', null ]
	);
	assert.ok( ( await types( stripe ) ).includes( 'payment_intent.requires_action' ) );
	await control( `/checkout/sessions/${ session.id }`, { outcome: 'fail_authentication' } );
	const failed = await stripe.paymentIntents.retrieve( intent.id );
	assert.deepEqual(
		[ failed.status, failed.last_payment_error?.code, failed.latest_charge, failed.next_action ],
		[ 'requires_payment_method', 'payment_intent_authentication_failure', null, null ]
	);
	assert.equal(
		( await control( `/checkout/sessions/${ session.id }`, { outcome: 'fail_authentication' } ) ).status,
		409
	);
	await control( `/checkout/sessions/${ session.id }`, { outcome: 'authenticate' } );
	const paid = ( await control( `/checkout/sessions/${ session.id }`, { outcome: 'pay' } ) ).json;
	assert.deepEqual( [ paid.payment_status, paid.payment_intent ], [ 'paid', intent.id ] );
	const charge = await chargeOf( stripe, intent.id );
	assert.equal( charge.payment_method_details?.card?.three_d_secure?.result, 'authenticated' );
	assert.equal( ( await stripe.charges.list( { payment_intent: intent.id } ) ).data.length, 1 );
} );

test( '3-D Secure on the payment page, by card number', async ( t ) => {
	const { stripe } = await setup( t );
	const { customer_email: _email, ...nobody } = SALE;
	const { id, url } = await stripe.checkout.sessions.create( nobody );
	const post = ( form: Record< string, string > ) =>
		fetch( String( url ), { method: 'POST', body: new URLSearchParams( form ), redirect: 'manual' } );
	const next = ( await post( { email: 'bo@example.com', card: '4000 0025 0000 3155' } ) ).headers.get( 'location' );
	const page = await ( await fetch( new URL( String( next ), String( url ) ) ) ).text();
	assert.match( page, /Complete authentication/ );
	const [ , email = '' ] = /name="email" value="([^"]*)"/.exec( page ) ?? [];
	assert.match(
		( await post( { outcome: 'pay', email } ) ).headers.get( 'location' ) ?? '',
		/^https:\/\/shop\.example\/done/
	);
	const session = await stripe.checkout.sessions.retrieve( id );
	assert.deepEqual( [ session.payment_status, session.customer_details?.email ], [ 'paid', 'bo@example.com' ] );
} );

test( 'Radar lets a payment through and reviews it', async ( t ) => {
	const { stripe, control, sale } = await setup( t );
	const { payment_intent } = await sale( 'pay_reviewed' );
	const charge = await chargeOf( stripe, payment_intent );
	assert.deepEqual( [ charge.status, charge.outcome?.type ], [ 'succeeded', 'manual_review' ] );
	assert.match( String( charge.review ), /^prv_/ );
	const closed = ( await control( '/reviews', { payment_intent, reason: 'refunded_as_fraud' } ) ).json;
	assert.deepEqual( [ closed.id, closed.open, closed.closed_reason ], [ charge.review, false, 'refunded_as_fraud' ] );
	const told = await types( stripe );
	assert.ok( told.includes( 'review.opened' ) && told.includes( 'review.closed' ) );
	assert.equal( ( await control( '/reviews', { payment_intent } ) ).status, 409 );
	await control( '/settings', { review: true } );
	assert.match( String( ( await chargeOf( stripe, ( await sale( 'pay' ) ).payment_intent ) ).review ), /^prv_/ );
} );

test( 'a short balance refuses refunds, or leaves them pending', async ( t ) => {
	const { stripe, control, paid } = await setup( t );
	const payment_intent = await paid();
	await control( '/settings', { refunds_when_short: 'error' } );
	await assert.rejects( stripe.refunds.create( { payment_intent } ), ( error: Stripe.errors.StripeError ) => {
		assert.deepEqual(
			[ error.statusCode, error.type, error.code ],
			[ 400, 'StripeInvalidRequestError', 'balance_insufficient' ]
		);
		return true;
	} );
	assert.equal( ( await stripe.refunds.list( { payment_intent } ) ).data.length, 0 );
	await control( '/settings', { refunds_when_short: 'pending' } );
	const refund = await stripe.refunds.create( { payment_intent, amount: 100 } );
	assert.deepEqual( [ refund.status, refund.pending_reason ], [ 'pending', 'insufficient_funds' ] );
	await control( `/refunds/${ refund.id }`, { status: 'succeeded' } );
	assert.equal( ( await stripe.refunds.retrieve( refund.id ) ).pending_reason, undefined );
	await control( '/settings', { refunds_when_short: 'enough' } );
	assert.equal( ( await stripe.refunds.create( { payment_intent, amount: 100 } ) ).status, 'succeeded' );
} );

test( 'refunds abroad are pending where that is so', async ( t ) => {
	const made = await setup( t, { settings: { refunds_abroad: 'pending' } } );
	const abroad = await made.stripe.refunds.create( { payment_intent: await paidInEuro( made ) } );
	assert.deepEqual( [ abroad.status, abroad.pending_reason ], [ 'pending', 'processing' ] );
	assert.equal( ( await made.stripe.refunds.create( { payment_intent: await made.paid() } ) ).status, 'succeeded' );
} );

test( 'money in another currency comes in with an exchange rate, fee and refund included', async ( t ) => {
	const made = await setup( t );
	const { stripe, control } = made;
	const payment_intent = await paidInEuro( made );
	const charge = await chargeOf( stripe, payment_intent );
	const transaction = charge.balance_transaction as Stripe.BalanceTransaction;
	assert.deepEqual(
		[ charge.amount, charge.currency, transaction.amount, transaction.currency, transaction.exchange_rate ],
		[ 1000, 'eur', 1100, 'usd', 1.1 ]
	);
	assert.deepEqual(
		[ transaction.fee, transaction.fee_details[ 0 ]?.currency, transaction.net ],
		[ 62, 'usd', 1038 ]
	);
	const refund = await stripe.refunds.create( { payment_intent, expand: [ 'balance_transaction' ] } );
	assert.equal( ( refund.balance_transaction as Stripe.BalanceTransaction ).amount, -1100 );
	await control( '/settings', { settlement_currency: null } );
	const own = ( await chargeOf( stripe, await paidInEuro( made ) ) ).balance_transaction as Stripe.BalanceTransaction;
	assert.deepEqual( [ own.amount, own.currency, own.exchange_rate ], [ 1000, 'eur', null ] );
} );

test( 'the balance transaction comes late, by the clock, with an event, also over a restart', async ( t ) => {
	const dir = mkdtempSync( join( tmpdir(), 'smi-emulator-' ) );
	const statePath = join( dir, 'state.json' );
	const first = buildStripeEmulator( { statePath } );
	const url = await listen( t, first );
	await call( url, '/_emulator/settings', { balance_transaction_after_s: 3600 } );
	const { id } = await clientFor( url ).checkout.sessions.create( SALE );
	const { json } = await call( url, `/_emulator/checkout/sessions/${ id }`, { outcome: 'pay' } );
	assert.equal( ( await chargeOf( clientFor( url ), json.payment_intent ) ).balance_transaction, null );
	await first.close();

	const { stripe, control } = await setup( t, { statePath } );
	t.after( () => rmSync( dir, { recursive: true, force: true } ) );
	await control( '/clock', { advance_s: 3590 } );
	assert.equal( ( await chargeOf( stripe, json.payment_intent ) ).balance_transaction, null );
	await control( '/clock', { advance_s: 20 } );
	const charge = await chargeOf( stripe, json.payment_intent );
	assert.equal( ( charge.balance_transaction as Stripe.BalanceTransaction ).fee, 66 );
	assert.equal( ( await types( stripe ) )[ 0 ], 'charge.updated' );
} );

test( 'one payment may have several disputes, each moved by itself', async ( t ) => {
	const { stripe, control, paid } = await setup( t );
	const payment_intent = await paid();
	const first = ( await control( '/disputes', { payment_intent, amount: 500 } ) ).json;
	const second = (
		await control( '/disputes', { payment_intent, another: true, outcome: 'warning_needs_response' } )
	).json;
	assert.notEqual( first.id, second.id );
	assert.deepEqual( [ first.amount, second.amount ], [ 500, 1250 ] );
	await control( '/disputes', { payment_intent, id: first.id, outcome: 'lost' } );
	await control( '/disputes', { payment_intent, outcome: 'warning_closed' } );
	const states = Object.fromEntries(
		( await stripe.disputes.list( { payment_intent } ) ).data.map( ( each: Json ) => [ each.id, each.status ] )
	);
	assert.deepEqual( states, { [ first.id ]: 'lost', [ second.id ]: 'warning_closed' } );
	assert.equal( ( await control( '/disputes', { payment_intent, id: 'dp_none', outcome: 'won' } ) ).status, 409 );
} );
