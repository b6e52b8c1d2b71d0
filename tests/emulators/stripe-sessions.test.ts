import assert from 'node:assert/strict';
import { test } from 'node:test';
import Stripe from 'stripe';
import { clientFor, SALE, setup, type Json } from './helpers.ts';

const code = ( expected: string ) => ( error: unknown ) => ( error as Stripe.errors.StripeError ).code === expected;
const inS = ( seconds: number ) => Math.floor( Date.now() / 1000 ) + seconds;

test( 'makes an open session with a payment page, and reads it back', async ( t ) => {
	const { stripe, url } = await setup( t );
	const session = await stripe.checkout.sessions.create( { ...SALE, expires_at: inS( 3600 ) } );
	assert.match( session.id, /^cs_test_\w{40,}$/ );
	assert.equal( session.url, `${ url }/c/pay/${ session.id }` );
	assert.deepEqual(
		[ session.status, session.payment_status, session.amount_total, session.livemode ],
		[ 'open', 'unpaid', 1250, false ]
	);
	assert.equal( session.payment_intent, null );
	assert.match( session.lastResponse.requestId ?? '', /^req_/ );
	const again = await stripe.checkout.sessions.retrieve( session.id, {
		expand: [ 'line_items.data.price.product' ],
	} );
	assert.equal( again.metadata?.[ 'smi_job' ], 'job-1' );
	assert.equal( ( again.line_items?.data[ 0 ]?.price?.product as Stripe.Product ).name, 'Harbour, 4x' );
	assert.ok( ! ( '_intent_data' in again ), 'our own notes stay inside' );
} );

test( 'a paid session leads, expanded, to its intent, charge, fee and refunds', async ( t ) => {
	const { stripe, sale } = await setup( t );
	const { id, url } = await sale( 'pay' );
	assert.equal( url, null );
	const session = await stripe.checkout.sessions.retrieve( id, {
		expand: [ 'payment_intent.latest_charge.balance_transaction', 'payment_intent.latest_charge.refunds' ],
	} );
	const intent = session.payment_intent as Stripe.PaymentIntent;
	const charge = intent.latest_charge as Stripe.Charge;
	assert.deepEqual(
		[ session.status, session.payment_status, intent.status, charge.status ],
		[ 'complete', 'paid', 'succeeded', 'succeeded' ]
	);
	assert.equal( session.customer_details?.email, 'ada@example.com' );
	assert.equal( intent.metadata[ 'smi_job' ], 'job-1' );
	assert.equal( ( charge.balance_transaction as Stripe.BalanceTransaction ).fee, 66 );
	assert.deepEqual( charge.refunds?.data, [] );
	const whole = await stripe.charges.retrieve( charge.id, { expand: [ 'payment_intent' ] } );
	assert.equal( ( whole.payment_intent as Stripe.PaymentIntent ).id, intent.id );
} );

test( 'takes sessions through every outcome, and refuses impossible ones with 409', async ( t ) => {
	const { stripe, sale, control } = await setup( t );
	const later = await sale( 'pay_later' );
	assert.deepEqual( [ later.status, later.payment_status ], [ 'complete', 'unpaid' ] );
	assert.equal( ( await stripe.paymentIntents.retrieve( later.payment_intent ) ).status, 'processing' );
	assert.equal( ( await control( `/checkout/sessions/${ later.id }`, { outcome: 'pay' } ) ).status, 409 );
	assert.equal(
		( await control( `/checkout/sessions/${ later.id }`, { outcome: 'settle' } ) ).json.payment_status,
		'paid'
	);
	assert.equal( ( await control( `/checkout/sessions/${ later.id }`, { outcome: 'fail' } ) ).status, 409 );

	const declined = await sale( 'decline' );
	assert.equal( declined.status, 'open' );
	const intent = await stripe.paymentIntents.retrieve( declined.payment_intent );
	assert.equal( intent.last_payment_error?.decline_code, 'generic_decline' );
	const paid = ( await control( `/checkout/sessions/${ declined.id }`, { outcome: 'pay', email: 'bo@example.com' } ) )
		.json;
	assert.deepEqual(
		[ paid.payment_status, paid.payment_intent, paid.customer_details.email ],
		[ 'paid', intent.id, 'bo@example.com' ]
	);

	assert.equal( ( await sale( 'cancel' ) ).status, 'open' );
	const expired = await sale( 'expire' );
	assert.equal( ( await control( `/checkout/sessions/${ expired.id }`, { outcome: 'pay' } ) ).status, 409 );
	assert.equal( ( await control( '/checkout/sessions/cs_none', { outcome: 'pay' } ) ).status, 404 );
	assert.equal( ( await control( `/checkout/sessions/${ expired.id }`, { outcome: 'dance' } ) ).status, 400 );
} );

test( 'expires a session by the API once, and by the clock', async ( t ) => {
	const { stripe, control, sale } = await setup( t );
	const first = await sale();
	assert.equal( ( await stripe.checkout.sessions.expire( first.id ) ).status, 'expired' );
	await assert.rejects( stripe.checkout.sessions.expire( first.id ), /status of expired/ );
	const second = await stripe.checkout.sessions.create( { ...SALE, expires_at: inS( 3600 ) } );
	assert.equal( ( await control( '/clock', { advance_s: 3000 } ) ).json.offset_s, 3000 );
	assert.equal( ( await stripe.checkout.sessions.retrieve( second.id ) ).status, 'open' );
	assert.equal( ( await control( '/clock', { advance_s: 700 } ) ).json.offset_s, 3700 );
	assert.equal( ( await stripe.checkout.sessions.retrieve( second.id ) ).status, 'expired' );
	const young = await stripe.checkout.sessions.create( { ...SALE, expires_at: inS( 3600 ) } );
	assert.equal(
		( await stripe.checkout.sessions.retrieve( young.id ) ).status,
		'open',
		'the clock ages only what was there'
	);
} );

test( 'validates parameters as Stripe does', async ( t ) => {
	const { stripe } = await setup( t );
	const bad = async ( change: Json, expected: string ) =>
		assert.rejects( stripe.checkout.sessions.create( { ...SALE, ...change } ), code( expected ) );
	await bad( { success_url: undefined }, 'parameter_missing' );
	await bad( { mode: undefined }, 'parameter_missing' );
	await bad( { line_items: undefined }, 'parameter_missing' );
	await bad( { expires_at: inS( 600 ) }, 'parameter_invalid' );
	await bad( { expires_at: inS( 90_000 ) }, 'parameter_invalid' );
	await bad( { customer_email: 'nobody' }, 'email_invalid' );
	await bad( { succes_url: 'x' }, 'parameter_unknown' );
	const line = ( change: Json ) => ( {
		line_items: [
			{ quantity: 1, price_data: { currency: 'usd', unit_amount: 1250, product_data: { name: 'x' }, ...change } },
		],
	} );
	await bad( line( { unit_amount: 49 } ), 'amount_too_small' );
	await bad( line( { currency: 'USD' } ), 'parameter_invalid' );
	await bad( line( { unit_amount: 'abc' } ), 'parameter_invalid_integer' );
	await bad( { metadata: { long: 'x'.repeat( 501 ) } }, 'parameter_invalid' );
} );

test( "refuses keys that are not test keys, and unknown objects, in Stripe's words", async ( t ) => {
	const { url, stripe } = await setup( t );
	await assert.rejects( clientFor( url, 'sk_live_abc' ).balance.retrieve(), Stripe.errors.StripeAuthenticationError );
	assert.equal( ( await fetch( `${ url }/v1/balance` ) ).status, 401 );
	for ( const read of [
		() => stripe.checkout.sessions.retrieve( 'cs_test_x' ),
		() => stripe.paymentIntents.retrieve( 'pi_x' ),
		() => stripe.charges.retrieve( 'ch_x' ),
		() => stripe.refunds.retrieve( 're_x' ),
		() => stripe.disputes.retrieve( 'dp_x' ),
		() => stripe.events.retrieve( 'evt_x' ),
	] ) {
		await assert.rejects( read, code( 'resource_missing' ) );
	}
	await assert.rejects( async () => stripe.customers.list(), /Unrecognized request URL/ );
	await assert.rejects( async () => stripe.charges.list( { expand: [ 'nonsense' ] } ), /cannot be expanded/ );
} );

test( 'tells the account and the balance', async ( t ) => {
	const { stripe, paid } = await setup( t );
	await paid();
	assert.equal( ( await stripe.balance.retrieve() ).available[ 0 ]?.amount, 1250 - 66 );
	assert.equal( ( await stripe.accounts.retrieveCurrent() ).charges_enabled, true );
} );

test( 'lists sessions by page, newest first, and by filter', async ( t ) => {
	const { stripe, control } = await setup( t );
	const now = inS( 0 );
	const sales = Array.from( { length: 25 }, ( _each, n ) => ( {
		session_id: `cs_test_${ n }`,
		payment_intent_id: `pi_${ n }`,
		amount_minor: 500,
		currency: 'usd',
		created: now - n * 60,
		state: n % 2 ? 'paid' : 'expired',
	} ) );
	assert.equal( ( await control( '/seed', { sales } ) ).json.seeded, 25 );
	const all = await stripe.checkout.sessions.list( { limit: 10 } ).autoPagingToArray( { limit: 100 } );
	assert.deepEqual(
		all.map( ( each ) => each.id ),
		sales.map( ( each ) => each.session_id )
	);
	assert.equal( ( await stripe.checkout.sessions.list( { payment_intent: 'pi_3' } ) ).data[ 0 ]?.id, 'cs_test_3' );
	assert.equal( ( await stripe.checkout.sessions.list( { created: { gte: now - 120 } } ) ).data.length, 3 );
	assert.equal( ( await stripe.checkout.sessions.list( { status: 'expired', limit: 100 } ) ).data.length, 13 );
	const before = await stripe.checkout.sessions.list( { ending_before: 'cs_test_10', limit: 3 } );
	assert.deepEqual(
		before.data.map( ( each ) => each.id ),
		[ 'cs_test_7', 'cs_test_8', 'cs_test_9' ]
	);
	assert.equal( before.has_more, true );
	assert.equal( ( await stripe.paymentIntents.list( { limit: 100 } ) ).data.length, 12 );
	assert.equal( ( await stripe.charges.list( { payment_intent: 'pi_5' } ) ).data.length, 1 );
	await assert.rejects(
		stripe.checkout.sessions.list( { limit: 101 } ).then( ( list ) => list ),
		code( 'parameter_invalid_integer' )
	);
	assert.equal( ( await stripe.events.list() ).data.length, 0, 'seeding makes no events' );
} );

test( 'refuses addresses, texts, e-mails and metadata that Stripe refuses, and says which', async ( t ) => {
	const { stripe } = await setup( t, { settings: { rate_test: 0 } } );
	const bad = ( change: Json, expected: string | undefined, param: string, text = /./ ) =>
		assert.rejects( stripe.checkout.sessions.create( { ...SALE, ...change } ), ( error: unknown ) => {
			const { statusCode, type, code: found, param: where, message } = error as Stripe.errors.StripeError;
			assert.deepEqual(
				[ statusCode, type, found, where ],
				[ 400, 'StripeInvalidRequestError', expected, param ]
			);
			assert.match( message, text );
			return true;
		} );
	const product = ( change: Json ) => ( {
		line_items: [ { price_data: { currency: 'usd', unit_amount: 1250, product_data: { name: 'x', ...change } } } ],
	} );
	const at = ( name: string ) => `line_items[0][price_data][product_data]${ name }`;
	const long = `https://shop.example/${ 'x'.repeat( 2048 ) }`;

	await bad( { success_url: 'https://bücher.example/' }, 'url_invalid', 'success_url', /percent-encoded/ );
	await bad( { cancel_url: long }, 'url_invalid', 'cancel_url' );
	await bad( { success_url: 'shop.example/done' }, 'url_invalid', 'success_url', /explicit scheme/ );
	await bad( { success_url: 'https://' }, 'url_invalid', 'success_url' );
	await bad( product( { images: [ 'https://shop.example/Hafen-Köln.jpg' ] } ), 'url_invalid', at( '[images][0]' ) );
	await bad( product( { images: [ 'https://shop.example/a.jpg', long ] } ), 'url_invalid', at( '[images][1]' ) );
	await bad(
		product( { images: Array( 9 ).fill( 'https://a.example/a.jpg' ) } ),
		'parameter_invalid',
		at( '[images]' )
	);
	await stripe.checkout.sessions.create( {
		...SALE,
		...product( { images: [ 'https://a.example/K%C3%B6ln.jpg' ] } ),
	} );

	await bad( product( { name: '' } ), 'parameter_invalid_empty', at( '[name]' ) );
	await bad( product( { name: 'n'.repeat( 251 ) } ), undefined, at( '[name]' ), /must be at most 250 characters/ );
	await bad( product( { description: 'd'.repeat( 40_001 ) } ), undefined, at( '[description]' ) );
	await bad( product( { colour: 'red' } ), 'parameter_unknown', at( '[colour]' ) );
	await bad( { client_reference_id: 'r'.repeat( 201 ) }, undefined, 'client_reference_id' );
	await bad( { payment_intent_data: { capture: 'x' } }, 'parameter_unknown', 'payment_intent_data[capture]' );
	await bad(
		{ payment_intent_data: { capture_method: 'manual' } },
		'parameter_invalid',
		'payment_intent_data[capture_method]'
	);
	await bad( { locale: 'de_DE' }, 'parameter_invalid', 'locale' );

	for ( const email of [
		'nobody',
		'a@b',
		'a b@c.de',
		'ö@c.de',
		'a@c..de',
		'a@bücher.de',
		`${ 'a'.repeat( 510 ) }@c.de`,
	] ) {
		await bad( { customer_email: email }, 'email_invalid', 'customer_email', /^Invalid email address/ );
	}
	await stripe.checkout.sessions.create( { ...SALE, customer_email: "o'neil+shop@sub.example.co" } );

	const keys = ( count: number ) =>
		Object.fromEntries( Array.from( { length: count }, ( _each, n ) => [ `k${ n }`, '1' ] ) );
	await bad( { metadata: keys( 51 ) }, 'parameter_invalid', 'metadata' );
	await bad( { metadata: { [ 'k'.repeat( 41 ) ]: '1' } }, 'parameter_invalid', 'metadata', /up to 40 characters/ );
	await bad( { metadata: { long: 'x'.repeat( 501 ) } }, 'parameter_invalid', 'metadata[long]', /501 characters/ );
	await stripe.checkout.sessions.create( { ...SALE, metadata: keys( 50 ) } );
} );

test( 'refuses totals that are too small in the currency they are paid out in, or too large', async ( t ) => {
	const { stripe, control } = await setup( t, { settings: { rate_test: 0 } } );
	const create = ( currency: string, unit_amount: number, quantity = 1 ) =>
		stripe.checkout.sessions.create( {
			...SALE,
			line_items: [ { quantity, price_data: { currency, unit_amount, product_data: { name: 'x' } } } ],
		} );
	const said = async ( promise: Promise< unknown > ) => {
		const error = ( await promise.catch( ( each: unknown ) => each ) ) as Stripe.errors.StripeError;
		return [ error.statusCode, error.code, error.message ];
	};
	assert.deepEqual( await said( create( 'aud', 60 ) ), [
		400,
		'amount_too_small',
		"The Checkout Session's total amount must convert to at least $0.50. A$0.60 converts to approximately $0.39.",
	] );
	assert.equal( ( await said( create( 'inr', 4000 ) ) )[ 1 ], 'amount_too_small' );
	assert.equal( ( await create( 'jpy', 80 ) ).amount_total, 80 );
	assert.equal( ( await said( create( 'jpy', 70 ) ) )[ 1 ], 'amount_too_small' );
	assert.equal( ( await said( create( 'usd', 100_000_000 ) ) )[ 1 ], 'amount_too_large' );
	assert.equal( ( await said( create( 'usd', 50_000_000, 2 ) ) )[ 1 ], 'amount_too_large' );
	assert.equal( ( await create( 'usd', 99_999_999 ) ).amount_total, 99_999_999 );
	assert.equal( ( await said( create( 'usd', 500, 0 ) ) )[ 1 ], 'parameter_invalid_integer' );
	assert.equal( ( await said( create( 'xyz', 500 ) ) )[ 1 ], 'parameter_invalid' );
	await control( '/settings', { settlement_currency: null } );
	assert.equal( ( await create( 'aud', 60 ) ).amount_total, 60, 'each currency has an account of its own' );
	await control( '/settings', { settlement_currency: 'gbp' } );
	assert.equal( ( await said( create( 'usd', 30 ) ) )[ 1 ], 'amount_too_small' );
} );
