/** Faults 1 to 5: what Stripe says comes more than once, in other words, too late, or in the wrong order. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type Stripe from 'stripe';
import { thinEvent } from '../../tools/emulators/stripe/objects/event.ts';
import { until } from '../helpers/until.ts';
import { calls, judge, listAtStripe, upscales } from './support/ledger.ts';
import { healed, stopwatch } from './support/report.ts';
import {
	atCheckout,
	buy,
	deliver,
	job,
	jobUntil,
	ownerDoes,
	PATIENCE,
	pay,
	sell,
	story,
	waitFor,
	type Sale,
} from './support/shop.ts';
import { control, openWorld, type World } from './support/world.ts';

let world: World;
let bought: number;

before( async () => {
	world = await openWorld();
} );
after( () => world?.stop() );
beforeEach( async () => {
	await world.calm();
	bought = await upscales( world );
} );

/** Webhooks that named this, with what the bridge answered. */
const webhooks = ( what: string ) =>
	world.gates.front.passages.filter( ( { path, body } ) => path === '/webhooks/stripe' && body.includes( what ) );

/** An event that the emulator has made of a sale's session or payment. */
async function eventOf( sale: Sale, type: string ): Promise< Stripe.Event > {
	const events = await listAtStripe< Stripe.Event >( world, `events?limit=100&type=${ type }` );
	const found = events.find( ( event ) => JSON.stringify( event ).includes( sale.job_id ) );
	assert.ok( found, type );
	return found;
}

/** How often the log of a job says so. */
const times = async ( sale: Sale, line: string ) =>
	story( await job( world, sale ) ).filter( ( said ) => said.startsWith( line ) ).length;

test( 'fault 1: the same event fifty times at once', async ( t ) => {
	const sale = await buy( world );
	await control( `${ world.stripe }/_emulator/webhooks`, { duplicate: 49 } );
	const seconds = stopwatch();
	await pay( world, sale );
	await waitFor( world, sale, 'completed' );
	healed( t, 'paid, completed, nothing else', seconds() );
	const copies = () =>
		webhooks( '"checkout.session.completed"' ).filter( ( { body } ) => body.includes( sale.job_id ) );
	await until(
		'all fifty were answered',
		PATIENCE,
		async () => copies().filter( ( { status } ) => status === 200 ).length >= 50
	);
	// And once more when all is over.
	assert.equal( await deliver( world, await eventOf( sale, 'checkout.session.completed' ) ), 200 );
	await judge( world, sale, bought, { status: 'completed', payment_status: 'paid', upscales: 1 } );
	assert.equal( await times( sale, 'payment ' ), 1 );
	assert.deepEqual( await world.site.heard( sale.job_id ), [ 'smi_payment_completed', 'smi_job_completed' ] );
} );

test( 'fault 2: snapshot and thin versions of one event', async ( t ) => {
	const sale = await buy( world );
	// The emulator's own stay away: both versions are sent from here, at once, and twice.
	await control( `${ world.stripe }/_emulator/webhooks`, { drop: 1 } );
	await pay( world, sale );
	const event = await eventOf( sale, 'checkout.session.completed' );
	const related = { id: sale.session, type: 'checkout.session', url: `/v1/checkout/sessions/${ sale.session }` };
	const thin = thinEvent( { id: event.id, thinId: 'evt_test_thin', event, related } as never );
	const seconds = stopwatch();
	assert.deepEqual(
		await Promise.all( [ thin, event, thin, event ].map( ( one ) => deliver( world, one ) ) ),
		[ 200, 200, 200, 200 ]
	);
	await waitFor( world, sale, 'completed' );
	healed( t, 'paid, completed; one line in the log', seconds() );
	assert.equal( await deliver( world, thin ), 200 );
	await judge( world, sale, bought, { status: 'completed', payment_status: 'paid', upscales: 1 } );
	assert.equal( await times( sale, 'payment ' ), 1 );
	assert.deepEqual( await world.site.heard( sale.job_id ), [ 'smi_payment_completed', 'smi_job_completed' ] );
} );

test( 'fault 3: completed but unpaid, then the money arrives', async ( t ) => {
	const sale = await buy( world );
	await atCheckout( world, sale, 'pay_later' );
	const waiting = await jobUntil(
		world,
		sale,
		'the payment is under way',
		( { is_payment_under_way } ) => is_payment_under_way
	);
	assert.deepEqual(
		[ waiting.status, waiting.payment_status, waiting.attempts.length ],
		[ 'awaiting_payment', 'pending', 0 ]
	);
	await judge( world, sale, bought, { status: 'awaiting_payment', payment_status: 'pending', upscales: 0 } );
	const seconds = stopwatch();
	await atCheckout( world, sale, 'settle' );
	await waitFor( world, sale, 'completed' );
	healed( t, '“payment under way” until it settles; then paid, completed', seconds() );
	await judge( world, sale, bought, { status: 'completed', payment_status: 'paid', upscales: 1 } );
} );

test( 'fault 3: completed but unpaid, then the bank refuses', async ( t ) => {
	const sale = await buy( world );
	await atCheckout( world, sale, 'pay_later' );
	await jobUntil( world, sale, 'the payment is under way', ( { is_payment_under_way } ) => is_payment_under_way );
	const seconds = stopwatch();
	await atCheckout( world, sale, 'fail' );
	await waitFor( world, sale, 'abandoned' );
	healed( t, '“payment under way”, then abandoned, payment failed', seconds() );
	await judge( world, sale, bought, { status: 'abandoned', payment_status: 'failed', upscales: 0 } );
} );

test( 'fault 4: late expired and failed events after it was paid', async ( t ) => {
	const sale = await buy( world );
	// The decline is told only when the payment that followed it is through.
	world.gates.front.before( { path: '/webhooks/stripe', body: 'payment_intent.payment_failed' }, () => 'cut', 3 );
	await atCheckout( world, sale, 'decline' );
	await pay( world, sale );
	await waitFor( world, sale, 'completed' );
	const seconds = stopwatch();
	const paid = await eventOf( sale, 'checkout.session.completed' );
	const session = { ...paid.data.object, status: 'expired', payment_status: 'unpaid' };
	const expired = { ...paid, id: 'evt_late_expired', type: 'checkout.session.expired', data: { object: session } };
	assert.equal( await deliver( world, expired ), 200 );
	await until( 'the decline was told', PATIENCE, async () =>
		webhooks( 'payment_intent.payment_failed' ).some(
			( { body, status } ) => body.includes( sale.job_id ) && status === 200
		)
	);
	await control(
		`${ world.site.url }/wp-json/smi/v1/checkouts/${ sale.job_id }?key=${ sale.key }`,
		undefined,
		'GET'
	);
	healed( t, 'paid, completed; the late events change nothing', seconds() );
	await judge( world, sale, bought, { status: 'completed', payment_status: 'paid', upscales: 1 } );
	assert.equal( await times( sale, 'payment paid>' ), 0 );
	assert.deepEqual( await world.site.heard( sale.job_id ), [ 'smi_payment_completed', 'smi_job_completed' ] );
} );

test( 'fault 5: the refund is told by an event before our own call has its answer', async ( t ) => {
	const sale = await sell( world );
	await waitFor( world, sale, 'completed' );
	// The answer waits until the event is taken and the site has looked at the refund.
	const isKnown = async () => ( await job( world, sale ) ).payment_status === 'refunded';
	const told: string[] = [];
	world.gates.stripe.after( { method: 'POST', path: '/v1/refunds' }, async () => {
		await until( 'the refund came by its event', PATIENCE, isKnown );
		told.push( 'by its event' );
	} );
	const seconds = stopwatch();
	await ownerDoes( world, sale, 'refunds', { reason: 'requested_by_customer' } );
	await jobUntil( world, sale, 'refunded', ( { payment_status } ) => payment_status === 'refunded' );
	await until( 'the answer came as well', PATIENCE, async () => told.length > 0 );
	healed( t, 'one refund, as asked for', seconds() );
	await judge( world, sale, bought, { status: 'completed', payment_status: 'refunded', upscales: 1, refunds: 1 } );
	const { refunds } = await job( world, sale );
	assert.deepEqual(
		refunds.map( ( { origin, status } ) => `${ origin } ${ status }` ),
		[ 'manual succeeded' ]
	);
	const made = ( await calls( world, 'stripe', 'POST', '/v1/refunds' ) ).filter(
		( { idempotency_key } ) => idempotency_key === `smi-refund-${ refunds[ 0 ]?.uuid }`
	);
	assert.equal( made.length, 1 );
} );
