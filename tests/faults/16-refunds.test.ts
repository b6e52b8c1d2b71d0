/** Faults 16 to 18 and 23: money on its way back, and who else moves it meanwhile. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, beforeEach, test } from 'node:test';
import { judge, moneyOf, upscales } from './support/ledger.ts';
import {
	age,
	fault,
	job,
	jobUntil,
	nextUpscale,
	ownerDoes,
	PATIENCE,
	sell,
	waitFor,
	type Sale,
} from './support/shop.ts';
import {
	ageRows,
	assertBooks,
	beats,
	dispute,
	endLeases,
	makeDue,
	minor,
	refundInDashboard,
	refundsOf,
	unfinished,
} from './support/more.ts';
import { healed, stopwatch } from './support/report.ts';
import { until } from '../helpers/until.ts';
import { control, openWorld, type World } from './support/world.ts';

let world: World;
let bought: number;

before( async () => {
	world = await openWorld();
} );
after( () => world?.stop() );
beforeEach( async () => {
	await world.calm();
	await control( `${ world.stripe }/_emulator/refunds`, { default_status: 'succeeded' } );
	bought = await upscales( world );
} );

async function finished(): Promise< Sale > {
	const sale = await sell( world );
	await waitFor( world, sale, 'completed' );
	return sale;
}

const moveRefund = ( id: string | undefined, status: string ) =>
	control( `${ world.stripe }/_emulator/refunds/${ id }`, { status } );

const refundUntil = ( sale: Sale, status: string ) =>
	jobUntil( world, sale, `its newest refund is ${ status }`, ( { refunds } ) => refunds[ 0 ]?.status === status );

test( 'fault 16: a refund stays pending, then succeeds', async ( t ) => {
	await control( `${ world.stripe }/_emulator/refunds`, { default_status: 'pending' } );
	const sale = await finished();
	await ownerDoes( world, sale, 'refunds' );
	const seen = await refundUntil( sale, 'pending' );
	assert.deepEqual(
		[ seen.payment_status, seen.attention, seen.refundable_amount ],
		[ 'paid', 'refund_pending', '0.00' ]
	);
	await ownerDoes( world, sale, 'refunds', {}, 409 );
	const seconds = stopwatch();
	await moveRefund( seen.refunds[ 0 ]?.stripe_refund_id ?? '', 'succeeded' );
	await jobUntil( world, sale, 'refunded', ( { payment_status } ) => payment_status === 'refunded' );
	healed( t, 'attention “refund pending”, then refunded', seconds() );
	await judge( world, sale, bought, { status: 'completed', payment_status: 'refunded', upscales: 1, refunds: 1 } );
	await assertBooks( world, [ sale ], bought );
} );

test( 'fault 16: a refund fails, and the next one succeeds', async ( t ) => {
	await control( `${ world.stripe }/_emulator/refunds`, { default_status: 'failed' } );
	const sale = await finished();
	await ownerDoes( world, sale, 'refunds' );
	const seen = await refundUntil( sale, 'failed' );
	assert.deepEqual( [ seen.payment_status, seen.attention ], [ 'paid', 'refund_failed' ] );
	await control( `${ world.stripe }/_emulator/refunds`, { default_status: 'succeeded' } );
	const seconds = stopwatch();
	await ownerDoes( world, sale, 'refunds' );
	await refundUntil( sale, 'succeeded' );
	healed( t, 'attention “refund failed” until another one succeeds', seconds() );
	await judge( world, sale, bought, { status: 'completed', payment_status: 'refunded', upscales: 1, refunds: 1 } );
	await assertBooks( world, [ sale ], bought );
} );

test( 'fault 16: part is refunded by the owner, part was already in the dashboard', async ( t ) => {
	const sale = await finished();
	const charged = minor( ( await job( world, sale ) ).amount_charged );
	await refundInDashboard( world, sale, 100 );
	const seen = await refundUntil( sale, 'succeeded' );
	assert.deepEqual( [ seen.payment_status, seen.refunds[ 0 ]?.origin ], [ 'partially_refunded', 'external' ] );
	await ownerDoes( world, sale, 'refunds', { amount: ( charged / 100 ).toFixed( 2 ) }, 400 );
	const seconds = stopwatch();
	await ownerDoes( world, sale, 'refunds', { amount: '1.00' } );
	await jobUntil( world, sale, '2.00 refunded', ( { refund_amount } ) => minor( refund_amount ) === 200 );
	healed( t, 'both refunds, each with its origin; partly refunded', seconds() );
	await judge( world, sale, bought, {
		status: 'completed',
		payment_status: 'partially_refunded',
		upscales: 1,
		refunds: 2,
		returned: 200,
	} );
	await assertBooks( world, [ sale ], bought );
} );

test( 'fault 16: all was returned in the dashboard before the file failed', async ( t ) => {
	await nextUpscale( world, 'fail', { work_ms: 4_000 } );
	const sale = await sell( world );
	await waitFor( world, sale, 'processing' );
	const charged = minor( ( await job( world, sale ) ).amount_charged );
	const seconds = stopwatch();
	await refundInDashboard( world, sale, charged );
	await jobUntil( world, sale, 'refunded', ( { payment_status } ) => payment_status === 'refunded' );
	healed( t, 'failed because it was refunded', seconds() );
	await until( 'the upscaler is done', PATIENCE, async () => ( await unfinished( world ) ) === 0 );
	await beats( world.gates.site, 3 );
	await judge( world, sale, bought, { status: 'failed', payment_status: 'refunded', upscales: 1, refunds: 1 } );
	await assertBooks( world, [ sale ], bought );
} );

test( 'fault 16: a refund succeeds and fails at the bank days later', async ( t ) => {
	const sale = await finished();
	await ownerDoes( world, sale, 'refunds' );
	await jobUntil( world, sale, 'refunded', ( { payment_status } ) => payment_status === 'refunded' );
	const [ made ] = await refundsOf( world, sale );
	await moveRefund( made?.id, 'failed' );
	const seen = await jobUntil( world, sale, 'paid again', ( { payment_status } ) => payment_status === 'paid' );
	assert.deepEqual( [ seen.attention, minor( seen.refund_amount ) ], [ 'refund_failed', 0 ] );
	const seconds = stopwatch();
	await ownerDoes( world, sale, 'refunds' );
	await jobUntil( world, sale, 'refunded', ( { payment_status } ) => payment_status === 'refunded' );
	healed( t, 'attention “refund failed”; paid again until the next one', seconds() );
	await judge( world, sale, bought, { status: 'completed', payment_status: 'refunded', upscales: 1, refunds: 1 } );
	await assertBooks( world, [ sale ], bought );
} );

test( 'fault 17: a refund is tried again when Stripe has forgotten its idempotency key', async ( t ) => {
	const sale = await finished();
	// Made at Stripe, and nobody hears of it: neither by an answer nor by a webhook.
	await control( `${ world.stripe }/_emulator/webhooks`, { drop: 1 } );
	await fault( world, 'stripe', { method: 'POST', path: '/v1/refunds' }, { drop: 'after' }, 100 );
	await ownerDoes( world, sale, 'refunds', { amount: '1.00' } );
	await until( 'the refund is made', PATIENCE, async () => ( await refundsOf( world, sale ) ).length === 1 );
	await world.bridges[ 0 ]?.kill();
	assert.equal( ( await job( world, sale ) ).refunds[ 0 ]?.status, 'sending' );
	await world.calm();
	await world.bridges[ 0 ]?.kill();
	await age( world, 'stripe', 26 * 3600 );
	await ageRows( world, 26 * 3600, 'jobs', 'refunds' );
	await endLeases( world, 'refund' );
	await makeDue( world, 'refund' );
	const seconds = stopwatch();
	await world.startBridge();
	await jobUntil( world, sale, '1.00 refunded', ( { refund_amount } ) => minor( refund_amount ) === 100 );
	healed( t, 'refund “sending”, attention after 15 minutes; then partly refunded', seconds() );
	await judge( world, sale, bought, {
		status: 'completed',
		payment_status: 'partially_refunded',
		upscales: 1,
		refunds: 1,
		returned: 100,
	} );
	await assertBooks( world, [ sale ], bought );
} );

test( 'fault 18: a dispute opens, and is lost', async ( t ) => {
	const sale = await finished();
	await dispute( world, sale, 'needs_response' );
	const open = await jobUntil( world, sale, 'disputed', ( { attention } ) => attention === 'disputed' );
	assert.equal( open.dispute_status, 'needs_response' );
	await ownerDoes( world, sale, 'refunds', {}, 409 );
	const seconds = stopwatch();
	await dispute( world, sale, 'lost' );
	const lost = await jobUntil( world, sale, 'lost', ( { dispute_status } ) => dispute_status === 'lost' );
	healed( t, 'attention “disputed”, refunds refused; then lost', seconds() );
	assert.deepEqual( [ lost.attention, lost.status ], [ null, 'completed' ] );
	await ownerDoes( world, sale, 'refunds', {}, 409 );
	await judge( world, sale, bought, { status: 'completed', payment_status: 'paid', upscales: 1, refunds: 0 } );
	await assertBooks( world, [ sale ], bought );
} );

test( 'fault 18: no picture is bought, and nothing is returned twice, while a dispute is open', async ( t ) => {
	// Paid and disputed before anything was sent.
	await fault( world, 'upsampler', { method: 'POST', path: '/api/v1/precise-upscale' }, { status: 429 }, 1 );
	const sale = await sell( world );
	await jobUntil( world, sale, 'paid', ( { payment_status } ) => payment_status === 'paid' );
	await until( 'the upscaler was busy', PATIENCE, async () => ( await job( world, sale ) ).attempts.length === 1 );
	await dispute( world, sale, 'needs_response' );
	await jobUntil( world, sale, 'disputed', ( { attention } ) => attention === 'disputed' );
	await makeDue( world, 'submit' );
	await beats( world.gates.site, 4 );
	await judge( world, sale, bought, {
		status: 'pending',
		payment_status: 'paid',
		attention: [ 'disputed' ],
		upscales: 0,
		refunds: 0,
	} );
	const seconds = stopwatch();
	await dispute( world, sale, 'won' );
	await jobUntil( world, sale, 'won', ( { dispute_status } ) => dispute_status === 'won' );
	await makeDue( world, 'submit' );
	await waitFor( world, sale, 'completed' );
	healed( t, 'attention “disputed”, pending; made within the hour once it is won', seconds() );
	await judge( world, sale, bought, { status: 'completed', payment_status: 'paid', upscales: 1 } );
	await assertBooks( world, [ sale ], bought );
} );

test( 'fault 18: what fails while it is disputed is not refunded on top', async ( t ) => {
	await nextUpscale( world, 'fail', { work_ms: 3_000 } );
	const sale = await sell( world );
	await waitFor( world, sale, 'processing' );
	await dispute( world, sale, 'needs_response' );
	await jobUntil( world, sale, 'disputed', ( { attention } ) => attention === 'disputed' );
	const failed = await jobUntil( world, sale, 'failed', ( { status } ) => status === 'failed' );
	assert.deepEqual( failed.attention_all, [ 'disputed', 'failed_not_refunded' ] );
	const seconds = stopwatch();
	await dispute( world, sale, 'lost' );
	await jobUntil( world, sale, 'lost', ( { dispute_status } ) => dispute_status === 'lost' );
	healed( t, 'attention “disputed” and “failed, not refunded”; none when it is lost', seconds() );
	await beats( world.gates.site, 3 );
	await judge( world, sale, bought, { status: 'failed', payment_status: 'paid', upscales: 1, refunds: 0 } );
	await assertBooks( world, [ sale ], bought );
} );

test( 'fault 23: a retry before the automatic refund is sent takes it back', async ( t ) => {
	// A bridge that stops reports what it had begun, and takes no refund with it.
	let ended: Promise< number > | undefined;
	world.gates.upsampler.before( { method: 'POST', path: '/api/v1/precise-upscale' }, async () => {
		ended = world.bridges[ 0 ]?.end();
		await sleep( 500 );
		return { status: 400, body: { error: 'This picture cannot be enlarged.' } };
	} );
	const sale = await sell( world );
	const failed = await jobUntil( world, sale, 'failed', ( { status } ) => status === 'failed' );
	await ended;
	assert.deepEqual(
		failed.refunds.map( ( { status } ) => status ),
		[ 'requested' ]
	);
	await ownerDoes( world, sale, 'retry', {}, 200 );
	const seconds = stopwatch();
	await world.startBridge();
	await waitFor( world, sale, 'completed' );
	healed( t, 'the refund “canceled”, the picture made again', seconds() );
	await beats( world.gates.site, 3 );
	assert.deepEqual(
		( await job( world, sale ) ).refunds.map( ( { status } ) => status ),
		[ 'canceled' ]
	);
	await judge( world, sale, bought, { status: 'completed', payment_status: 'paid', upscales: 1, refunds: 0 } );
	await assertBooks( world, [ sale ], bought );
} );

test( 'fault 23: a retry after the automatic refund was sent wants the owner’s word', async ( t ) => {
	await nextUpscale( world, 'fail' );
	await fault( world, 'stripe', { method: 'POST', path: '/v1/refunds' }, { delay_ms: 4_000 }, 1 );
	const sale = await sell( world );
	await refundUntil( sale, 'sending' );
	const refused = await ownerDoes< { code: string } >( world, sale, 'retry', {}, 409 );
	assert.equal( refused.code, 'smi_job_refunded' );
	const seconds = stopwatch();
	await jobUntil( world, sale, 'refunded', ( { payment_status } ) => payment_status === 'refunded' );
	healed( t, 'the retry is refused and says why; failed and refunded', seconds() );
	await judge( world, sale, bought, { status: 'failed', payment_status: 'refunded', upscales: 1, refunds: 1 } );
	await assertBooks( world, [ sale ], bought );
} );

test( 'fault 23: six retries race six automatic refunds', async ( t ) => {
	await nextUpscale( world, 'fail', { times: 6 } );
	const seconds = stopwatch();
	const sales: Sale[] = [];
	for ( let n = 0; n < 6; n++ ) {
		sales.push( await sell( world ) );
	}
	const answers = await Promise.all(
		sales.map( async ( sale, n ) => {
			await jobUntil( world, sale, 'failed', ( { status } ) => status === 'failed' );
			await sleep( 70 * n );
			return world.owner( `/wp-json/smi/v1/jobs/${ sale.job_id }/retry`, { method: 'POST', body: '{}' } );
		} )
	);
	for ( const [ n, sale ] of sales.entries() ) {
		const { status } = answers[ n ] as Response;
		assert.ok( [ 200, 202, 409 ].includes( status ), `${ status }` );
		const seen = await jobUntil( world, sale, 'at rest', ( { status: is, payment_status: paid } ) =>
			status === 409 ? is === 'failed' && paid === 'refunded' : is === 'completed'
		);
		const { charged, returned } = await moneyOf( world, sale );
		// Either the picture or the money, never both and never neither.
		assert.equal( returned, seen.status === 'completed' ? 0 : charged );
		assert.equal( seen.attention, null );
	}
	healed( t, 'each job completed, or failed and refunded', seconds() );
	await assertBooks( world, sales, bought );
} );
