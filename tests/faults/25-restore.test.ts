/** Fault 25: the database is restored from yesterday's backup, between sales. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../helpers/until.ts';
import { dump, restore } from './support/copies.ts';
import { judge, moneyOf, upscales } from './support/ledger.ts';
import { ageRows, assertBooks, beats, minor, refundInDashboard, refundsOf, sessionOf } from './support/more.ts';
import { healed, stopwatch } from './support/report.ts';
import { age, buy, fault, job, jobUntil, ownerDoes, PATIENCE, pay, sell, waitFor, type Sale } from './support/shop.ts';
import { openWorld, type World } from './support/world.ts';

let world: World;

before( async () => {
	world = await openWorld();
} );
after( () => world?.stop() );

const A_DAY = 26 * 3_600;

test( 'fault 25: the database is restored from yesterday’s backup', async ( t ) => {
	const whole = async (): Promise< Sale > => {
		const sale = await sell( world );
		await waitFor( world, sale, 'completed' );
		return sale;
	};
	const [ done, returning ] = [ await whole(), await whole() ];
	const open = await buy( world );
	// A refund that was on its way when the backup was made.
	world.gates.stripe.before( { method: 'POST', path: '/v1/refunds' }, () => 'cut', 1_000 );
	await ownerDoes( world, returning, 'refunds', { amount: '1.00' } );
	await jobUntil( world, returning, 'on its way', ( { refunds } ) => refunds[ 0 ]?.status === 'sending' );
	// A picture that was not sent yet.
	await fault( world, 'upsampler', { method: 'POST', path: '/api/v1/precise-upscale' }, { status: 429 }, 1 );
	const queued = await sell( world );
	await until( 'the upscaler was busy', PATIENCE, async () => ( await job( world, queued ) ).attempts.length === 1 );
	await beats( world.gates.site, 2 );
	const backup = await dump( world.site );

	// The day goes on.
	world.gates.stripe.clear();
	await pay( world, open );
	await world.site.sql( "UPDATE wp_smi_commands SET due_at = UTC_TIMESTAMP() WHERE kind = 'submit';" );
	const newer = await whole();
	const newest = await whole();
	await Promise.all( [ open, queued ].map( ( sale ) => waitFor( world, sale, 'completed' ) ) );
	await until( 'the refund is made', PATIENCE, async () => ( await refundsOf( world, returning ) ).length === 1 );
	await ownerDoes( world, newest, 'refunds' );
	await jobUntil( world, newest, 'refunded', ( { payment_status } ) => payment_status === 'refunded' );
	await refundInDashboard( world, done, 100 );
	await jobUntil( world, done, 'partly refunded', ( { payment_status } ) => payment_status === 'partially_refunded' );
	const bought = await upscales( world );
	assert.equal( bought, 6 );

	// The night, the backup, and a bridge that was off meanwhile.
	await world.bridges[ 0 ]?.end();
	await age( world, 'stripe', A_DAY );
	await age( world, 'upsampler', A_DAY );
	await restore( world.site, backup );
	await ageRows( world, A_DAY, 'jobs', 'attempts', 'refunds', 'commands' );
	await world.site.wp( `update_option( 'smi_bridge_seen', (int) get_option( 'smi_bridge_seen' ) - ${ A_DAY } );` );
	const unknown = await world.owner( `/wp-json/smi/v1/jobs/${ newer.job_id }` );
	assert.equal( unknown.status, 404 );

	const seconds = stopwatch();
	await world.startBridge();
	const sales = [ done, returning, open, queued, newer, newest ];
	const known = ( sale: Sale ) =>
		until( `${ sale.job_id } is known again`, PATIENCE, async () => {
			const { status } = await world.owner( `/wp-json/smi/v1/jobs/${ sale.job_id }` );
			return status === 200;
		} );
	await Promise.all( sales.map( known ) );
	await jobUntil( world, newer, 'for the owner to start', ( { attention } ) => attention === 'paid_not_started' );
	await jobUntil( world, newest, 'refunded', ( { payment_status } ) => payment_status === 'refunded' );
	await jobUntil( world, done, 'partly refunded', ( { payment_status } ) => payment_status === 'partially_refunded' );
	await jobUntil(
		world,
		returning,
		'partly refunded',
		( { payment_status } ) => payment_status === 'partially_refunded'
	);
	await Promise.all( [ open, queued ].map( ( sale ) => waitFor( world, sale, 'completed' ) ) );
	healed(
		t,
		'attention “paid, not started” for what the backup did not know; all money as Stripe has it',
		seconds()
	);

	assert.equal( ( await refundsOf( world, returning ) ).length, 1, 'What was on its way is found, not made again.' );
	const found = await job( world, newer );
	assert.equal( minor( found.amount_charged ), ( await sessionOf( world, newer ) ).amount_total );
	assert.equal( found.email, 'buyer@example.org' );
	await beats( world.gates.site, 4 );
	// Two were bought again: the backup had them as not sent yet. What it did not know at all waits for the owner.
	assert.equal( ( await upscales( world ) ) - bought, 2 );
	await ownerDoes( world, newer, 'retry', {}, 200 );
	await jobUntil( world, newer, 'completed', ( { status } ) => status === 'completed' );
	await judge( world, newer, bought + 2, { status: 'completed', payment_status: 'paid', upscales: 1 } );
	for ( const sale of sales ) {
		const { charged, returned } = await moneyOf( world, sale );
		assert.ok( charged > 0 && returned <= charged );
	}
	const next = await whole();
	await assertBooks( world, [ ...sales, next ], null );
} );
