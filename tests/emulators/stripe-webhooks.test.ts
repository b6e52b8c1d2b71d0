import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientFor, receiver, SALE, setup, until } from './helpers.ts';

const secret = 'whsec_test';

test( "signs events so that the SDK verifies them, and names a paid session's whole story", async ( t ) => {
	const hooks = await receiver( t );
	const { stripe, sale } = await setup( t, { webhookUrl: hooks.url, webhookSecret: secret } );
	const session = await sale( 'pay' );
	await until( () => hooks.hooks.length === 4 );
	assert.deepEqual( hooks.types().sort(), [
		'charge.succeeded',
		'checkout.session.completed',
		'payment_intent.created',
		'payment_intent.succeeded',
	] );
	for ( const { body, signature } of hooks.hooks ) {
		const event = stripe.webhooks.constructEvent( body, signature, secret );
		assert.equal( ( await stripe.events.retrieve( event.id ) ).type, event.type );
		assert.throws( () => stripe.webhooks.constructEvent( `${ body } `, signature, secret ) );
	}
	const completed = hooks.hooks.find( ( hook ) => hook.json.type === 'checkout.session.completed' );
	assert.equal( completed?.json.data.object.id, session.id );
	assert.equal( completed?.json.data.object._intent_data, undefined, 'our own notes stay inside' );
} );

test( 'signs with each secret while they rotate', async ( t ) => {
	const hooks = await receiver( t );
	const { stripe, sale } = await setup( t, { webhookUrl: hooks.url, webhookSecret: 'whsec_new,whsec_old' } );
	await sale( 'expire' );
	const { body, signature } = await until( () => hooks.hooks[ 0 ] );
	stripe.webhooks.constructEvent( body, signature, 'whsec_new' );
	stripe.webhooks.constructEvent( body, signature, 'whsec_old' );
} );

test( 'sends thin events that the SDK parses, and that lead to the snapshot', async ( t ) => {
	const hooks = await receiver( t );
	const { stripe, control, sale } = await setup( t, { webhookUrl: hooks.url, webhookSecret: secret } );
	assert.deepEqual( ( await control( '/webhooks', { thin: true } ) ).json, {
		duplicate: 0,
		shuffle: false,
		drop: 0,
		delay_ms: 0,
		thin: true,
	} );
	const session = await sale( 'expire' );
	const { body, signature } = await until( () => hooks.hooks[ 0 ] );
	const thin = stripe.parseEventNotification( body, signature, secret );
	assert.equal( thin.type, 'v1.checkout.session.expired' );
	const event = await stripe.v2.core.events.retrieve( thin.id );
	assert.equal( event.type, thin.type );
	assert.equal( ( await stripe.events.retrieve( String( thin.snapshot_event ) ) ).type, 'checkout.session.expired' );
	const related = ( await ( thin as { fetchRelatedObject: () => Promise< unknown > } ).fetchRelatedObject() ) as {
		id: string;
	};
	assert.equal( related.id, session.id );
} );

test( 'tries again until a webhook is acknowledged', async ( t ) => {
	const hooks = await receiver( t );
	hooks.statuses.push( 503 );
	const settings = { webhook_retries: 'quick' } as const;
	const { stripe, sale } = await setup( t, { webhookUrl: hooks.url, webhookSecret: secret, settings } );
	await sale( 'expire' );
	await until( () => hooks.hooks.length === 2 );
	assert.equal( hooks.hooks[ 0 ]?.json.id, hooks.hooks[ 1 ]?.json.id );
	await until( async () => ( await stripe.events.list() ).data[ 0 ]?.pending_webhooks === 0 );
} );

test( "spaces its tries as Stripe does, on the emulator's clock, and gives up in test mode after three more", async ( t ) => {
	const hooks = await receiver( t );
	hooks.statuses.push( ...Array.from( { length: 20 }, () => 503 ) );
	const { stripe, control, sale } = await setup( t, { webhookUrl: hooks.url, webhookSecret: secret } );
	await sale( 'expire' );
	await until( () => hooks.hooks.length === 1 );
	const later = async ( advance_s: number, tries: number ) => {
		await control( '/clock', { advance_s } );
		await until( () => hooks.hooks.length >= tries );
		await new Promise( ( resolve ) => setTimeout( resolve, 100 ) );
		assert.equal( hooks.hooks.length, tries, `after ${ advance_s } s` );
	};
	await later( 0, 1 );
	await later( 290, 1 );
	await later( 10, 2 );
	await later( 3500, 2 );
	await later( 100, 3 );
	await later( 10_000, 3 );
	await later( 800, 4 );
	await later( 2 * 24 * 3600, 4 );
	await until( async () => ( await stripe.events.list() ).data[ 0 ]?.pending_webhooks === 0 );
	const { body, signature } = hooks.hooks[ 3 ] ?? { body: '', signature: '' };
	stripe.webhooks.constructEvent( body, signature, secret );
} );

test( 'in live mode it tries for three days, ever more seldom', async ( t ) => {
	const hooks = await receiver( t );
	hooks.statuses.push( ...Array.from( { length: 50 }, () => 503 ) );
	const { url, control } = await setup( t, { webhookUrl: hooks.url, webhookSecret: secret } );
	const live = clientFor( url, 'sk_live_emulator' );
	await live.checkout.sessions.expire( ( await live.checkout.sessions.create( SALE ) ).id );
	await until( () => hooks.hooks.length === 1 );
	let tries = 1;
	for ( const advance_s of [ 300, 1800, 7200, 18_000, 36_000, 43_200, 43_200, 43_200, 43_200 ] ) {
		await control( '/clock', { advance_s } );
		tries++;
		await until( () => hooks.hooks.length === tries );
	}
	await control( '/clock', { advance_s: 43_200 } );
	await new Promise( ( resolve ) => setTimeout( resolve, 100 ) );
	assert.equal( hooks.hooks.length, tries, 'three days are over' );
} );

test( 'duplicates and drops on request, while events stay listed', async ( t ) => {
	const hooks = await receiver( t );
	const { stripe, control, sale } = await setup( t, { webhookUrl: hooks.url, webhookSecret: secret } );
	await control( '/webhooks', { duplicate: 4, shuffle: true } );
	await sale( 'expire' );
	await until( () => hooks.hooks.length === 5 );
	assert.equal( ( await control( '/webhooks', { duplicate: true } ) ).json.duplicate, 1 );
	await control( '/webhooks', { drop: 1 } );
	await sale( 'expire' );
	await new Promise( ( resolve ) => setTimeout( resolve, 100 ) );
	assert.equal( hooks.hooks.length, 5 );
	const since = Math.floor( Date.now() / 1000 ) - 60;
	assert.equal(
		( await stripe.events.list( { types: [ 'checkout.session.expired' ], created: { gte: since } } ) ).data.length,
		2
	);
} );

test( 'tells the stories of delayed, declined and disputed payments', async ( t ) => {
	const { stripe, control, sale, paid } = await setup( t );
	const types = async () => ( await stripe.events.list( { limit: 100 } ) ).data.map( ( event ) => event.type );
	const later = await sale( 'pay_later' );
	await control( `/checkout/sessions/${ later.id }`, { outcome: 'fail' } );
	for ( const type of [
		'payment_intent.processing',
		'checkout.session.completed',
		'charge.failed',
		'payment_intent.payment_failed',
		'checkout.session.async_payment_failed',
	] ) {
		assert.ok( ( await types() ).includes( type as never ), type );
	}
	const settled = await sale( 'pay_later' );
	await control( `/checkout/sessions/${ settled.id }`, { outcome: 'settle' } );
	assert.equal( ( await types() )[ 0 ], 'checkout.session.async_payment_succeeded' );
	await sale( 'decline' );
	assert.equal( ( await types() )[ 0 ], 'payment_intent.payment_failed' );
	const payment_intent = await paid();
	await stripe.refunds.create( { payment_intent }, { idempotencyKey: 'why' } );
	const [ refunded ] = ( await stripe.events.list( { type: 'refund.created' } ) ).data;
	assert.equal( refunded?.request?.idempotency_key, 'why' );
	assert.match( refunded?.request?.id ?? '', /^req_/ );
	await control( '/clock', { advance_s: 31 * 24 * 3600 } );
	assert.ok( ! ( await types() ).includes( 'refund.created' ), 'events are listed for 30 days' );
} );
