import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import Stripe from 'stripe';
import { clientFor, setup, type Json } from './helpers.ts';

const run = promisify( execFile );

/** The official CLI: named by `STRIPE_CLI`, or installed as npm's `@stripe/cli`. */
const CLI =
	process.env[ 'STRIPE_CLI' ] ??
	fileURLToPath(
		new URL( `../../node_modules/@stripe/cli-${ process.platform }-${ process.arch }/bin/stripe`, import.meta.url )
	);
const noCli = existsSync( CLI ) ? false : 'The Stripe CLI is not installed (npm install --no-save @stripe/cli).';

const typesOf = async ( stripe: Stripe ) =>
	( await stripe.events.list( { limit: 100 } ) ).data.map( ( { type } ) => type as string );

/** A session for a price made before, as the CLI makes it. */
async function priced( stripe: Stripe, change: Json = {} ): Promise< Stripe.Checkout.Session > {
	const product = await stripe.products.create( { name: 'myproduct', description: '(created by Stripe CLI)' } );
	const price = await stripe.prices.create( { product: product.id, unit_amount: 1500, currency: 'usd' } );
	return stripe.checkout.sessions.create( {
		mode: 'payment',
		success_url: 'https://httpbin.org/post',
		line_items: [ { price: price.id, quantity: 2 } ],
		...change,
	} );
}

async function payByPage( stripe: Stripe, session: string, method: Json ): Promise< Json > {
	await stripe.rawRequest( 'GET', `/v1/payment_pages/${ session }` );
	const { id } = await stripe.paymentMethods.create( { billing_details: { email: 'cli@example.com' }, ...method } );
	return stripe.rawRequest( 'POST', `/v1/payment_pages/${ session }/confirm`, {
		payment_method: id,
		expected_amount: 3000,
	} );
}

test( 'pays a session for a price through its page, at once or in days', async ( t ) => {
	const { stripe } = await setup( t, { settings: { rate_test: 0 } } );
	const card = await priced( stripe );
	assert.equal( card.amount_total, 3000 );
	await payByPage( stripe, card.id, { type: 'card', card: { token: 'tok_visa' } } );
	const paid = await stripe.checkout.sessions.retrieve( card.id, { expand: [ 'line_items.data.price.product' ] } );
	assert.deepEqual(
		[ paid.payment_status, paid.customer_details?.email, paid.line_items?.data[ 0 ]?.description ],
		[ 'paid', 'cli@example.com', 'myproduct' ]
	);
	const sepa = ( iban: string ) => ( { type: 'sepa_debit', sepa_debit: { iban } } );
	await payByPage( stripe, ( await priced( stripe ) ).id, sepa( 'AT611904300234573201' ) );
	assert.equal( ( await typesOf( stripe ) )[ 0 ], 'checkout.session.async_payment_succeeded' );
	await payByPage( stripe, ( await priced( stripe ) ).id, sepa( 'IT60X0542811101000000123456' ) );
	assert.equal( ( await typesOf( stripe ) )[ 0 ], 'checkout.session.async_payment_failed' );
} );

test( 'refuses on the page what Stripe would: an unknown price, a wrong amount, a declined card, a second payment', async ( t ) => {
	const { stripe } = await setup( t, { settings: { rate_test: 0 } } );
	await assert.rejects(
		priced( stripe, { line_items: [ { price: 'price_none', quantity: 1 } ] } ),
		( error: Stripe.errors.StripeError ) =>
			error.code === 'resource_missing' && error.param === 'line_items[0][price]'
	);
	const { id } = await priced( stripe, {
		line_items: [ { price_data: { currency: 'usd', unit_amount: 500, product_data: { name: 'x' } } } ],
	} );
	const tok = ( token: string ) => ( { type: 'card', card: { token } } );
	await assert.rejects( payByPage( stripe, id, tok( 'tok_visa' ) ), /amount due is 500, not 3000/ );
	const other = await priced( stripe );
	await assert.rejects( payByPage( stripe, other.id, tok( 'tok_chargeDeclined' ) ), ( error: unknown ) => {
		assert.ok( error instanceof Stripe.errors.StripeCardError );
		assert.deepEqual(
			[ error.statusCode, error.code, error.decline_code ],
			[ 402, 'card_declined', 'generic_decline' ]
		);
		return true;
	} );
	await payByPage( stripe, other.id, tok( 'tok_visa' ) );
	await assert.rejects( payByPage( stripe, other.id, tok( 'tok_visa' ) ), /no longer open/ );
} );

test( 'makes, confirms, captures and cancels payment intents', async ( t ) => {
	const { stripe } = await setup( t, { settings: { rate_test: 0 } } );
	const create = ( change: Json = {} ) =>
		stripe.paymentIntents.create( { amount: 2000, currency: 'usd', payment_method_types: [ 'card' ], ...change } );
	assert.equal( ( await create() ).status, 'requires_payment_method' );
	assert.equal( ( await create( { payment_method: 'pm_card_visa', confirm: true } ) ).status, 'succeeded' );
	const held = await create( { payment_method: 'pm_card_visa', confirm: true, capture_method: 'manual' } );
	assert.deepEqual( [ held.status, held.amount_capturable, held.amount_received ], [ 'requires_capture', 2000, 0 ] );
	assert.equal( ( await stripe.paymentIntents.capture( held.id ) ).amount_received, 2000 );
	await assert.rejects( stripe.paymentIntents.cancel( held.id ), /status of succeeded/ );
	const waiting = await create( { payment_method: 'pm_card_authenticationRequired', confirm: true } );
	assert.deepEqual( [ waiting.status, waiting.next_action?.type ], [ 'requires_action', 'use_stripe_sdk' ] );
	const canceled = await stripe.paymentIntents.cancel( waiting.id, { cancellation_reason: 'abandoned' } );
	assert.deepEqual( [ canceled.status, canceled.cancellation_reason ], [ 'canceled', 'abandoned' ] );
	const key = { idempotencyKey: 'declined' };
	const decline = () =>
		stripe.paymentIntents.create(
			{ amount: 2000, currency: 'usd', payment_method: 'pm_card_chargeDeclined', confirm: true },
			key
		);
	const first = ( await decline().catch( ( error: unknown ) => error ) ) as Stripe.errors.StripeCardError;
	const again = ( await decline().catch( ( error: unknown ) => error ) ) as Stripe.errors.StripeCardError;
	assert.equal( first.payment_intent?.status, 'requires_payment_method' );
	assert.deepEqual(
		[ again.payment_intent?.id, again.headers?.[ 'idempotent-replayed' ] ],
		[ first.payment_intent?.id, 'true' ]
	);
	for ( const [ change, code ] of [
		[ { amount: 10 }, 'amount_too_small' ],
		[ { amount: 100_000_000 }, 'amount_too_large' ],
		[ { amount: undefined }, 'parameter_missing' ],
		[ { capture: 'manual' }, 'parameter_unknown' ],
		[ { payment_method: 'pm_none' }, 'resource_missing' ],
	] as const ) {
		await assert.rejects( create( change ), ( error: Stripe.errors.StripeError ) => error.code === code );
	}
} );

test( 'disputes arise from test cards, and are updated and given in to', async ( t ) => {
	const { stripe } = await setup( t, { settings: { rate_test: 0 } } );
	for ( const [ payment_method, opened, ended ] of [
		[ 'pm_card_createDisputeInquiry', 'warning_needs_response', 'warning_closed' ],
		[ 'pm_card_createDispute', 'needs_response', 'lost' ],
	] ) {
		const intent = await stripe.paymentIntents.create( {
			amount: 100,
			currency: 'usd',
			payment_method: String( payment_method ),
			confirm: true,
		} );
		const [ dispute ] = ( await stripe.disputes.list( { payment_intent: intent.id } ) ).data;
		assert.equal( dispute?.status, opened );
		const id = String( dispute?.id );
		assert.deepEqual( ( await stripe.disputes.update( id, { metadata: { foo: 'bar' } } ) ).metadata, {
			foo: 'bar',
		} );
		assert.equal( ( await stripe.disputes.close( id ) ).status, ended );
	}
} );

test( '`stripe trigger` of the official CLI brings about the events we use', { skip: noCli }, async ( t ) => {
	const { url } = await setup( t );
	const home = mkdtempSync( join( tmpdir(), 'smi-stripe-cli-' ) );
	t.after( () => rmSync( home, { recursive: true, force: true } ) );
	const stripe = clientFor( url );
	for ( const event of [
		'checkout.session.completed',
		'checkout.session.async_payment_succeeded',
		'checkout.session.async_payment_failed',
		'checkout.session.expired',
		'payment_intent.created',
		'payment_intent.succeeded',
		'payment_intent.payment_failed',
		'payment_intent.requires_action',
		'payment_intent.canceled',
		'charge.succeeded',
		'charge.failed',
		'charge.captured',
		'charge.refunded',
		'charge.refund.updated',
		'charge.dispute.created',
		'charge.dispute.updated',
		'charge.dispute.closed',
	] ) {
		const before = ( await typesOf( stripe ) ).filter( ( type ) => type === event ).length;
		const args = [ 'trigger', event, '--api-base', url, '--api-key', 'sk_test_emulator00000000000000' ];
		const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home };
		const { stdout, stderr } = await run( CLI, args, { env, timeout: 30_000 } );
		assert.match( stdout + stderr, /Trigger succeeded/, event );
		const after = ( await typesOf( stripe ) ).filter( ( type ) => type === event ).length;
		assert.ok( after > before, event );
		await new Promise( ( done ) => setTimeout( done, 100 ) );
	}
} );
