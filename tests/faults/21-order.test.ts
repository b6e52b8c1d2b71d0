/** Faults 21, 22 and 26: what arrives in between, two bridges of which one is slow, and an upscaler's account without credits. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { until } from '../helpers/until.ts';
import { openGate, type Gate, type Like } from './support/gate.ts';
import { judge, upscales } from './support/ledger.ts';
import { ageRows, assertBooks, beats, endLeases, mails, makeDue, notices, untilNotice } from './support/more.ts';
import { healed, stopwatch } from './support/report.ts';
import { age, buy, job, jobUntil, nextUpscale, ownerDoes, PATIENCE, pay, sell, waitFor } from './support/shop.ts';
import { control, CREDITS, openWorld, type World } from './support/world.ts';

let world: World;
let bought: number;

before( async () => {
	// A sync whose answer nobody waits for any more may have claimed something: its lease ends soon.
	world = await openWorld( { times: { UPSCALER_PROBE: 2, LEASE: 30 } } );
} );
after( () => world?.stop() );
beforeEach( async () => {
	await world.calm();
	bought = await upscales( world );
} );

const SYNC = /bridge.sync/;
const PAYMENT = /"type":"payment"/;

interface Held {
	/** Waits until a message stands at the gate. */
	arrived: () => Promise< void >;
	release: () => void;
}

/** Keeps the next message that is like this from the site, until it is released. */
function hold( gate: Gate, like: Like ): Held {
	let isThere = false;
	let release = () => {};
	const over = new Promise< void >( ( go ) => ( release = go ) );
	gate.before( like, async () => {
		isThere = true;
		await over;
	} );
	return { arrived: async () => void ( await until( 'a message is held', PATIENCE, async () => isThere ) ), release };
}

test( 'fault 21: the buyer pays between the look at Stripe and its report', async ( t ) => {
	const sale = await buy( world );
	const report = hold( world.gates.site, { path: SYNC, body: PAYMENT } );
	await ownerDoes( world, sale, 'refresh' );
	await report.arrived();
	await pay( world, sale );
	await until( 'the hint is committed', PATIENCE, async () =>
		world.gates.site.passages.some(
			( { body, status } ) => body.includes( sale.session ) && /"hints":\[\{/.test( body ) && status === 200
		)
	);
	assert.equal( ( await job( world, sale ) ).status, 'awaiting_payment' );
	const seconds = stopwatch();
	report.release();
	await waitFor( world, sale, 'completed' );
	healed( t, 'nothing: the report of an unpaid session closes nothing', seconds() );
	await judge( world, sale, bought, { status: 'completed', payment_status: 'paid', upscales: 1 } );
	await assertBooks( world, [ sale ], bought );
} );

test( 'fault 21: the picture is made between the look at the upscaler and its report', async ( t ) => {
	// Nobody looks again by himself within this test's patience.
	await world.site.times( { SYNC_SLOW: 1, ATTEMPT_FIRST_LOOK: 1, ATTEMPT_POLL: 900 } );
	await nextUpscale( world, 'success', { work_ms: 6_000 } );
	const report = hold( world.gates.site, { path: SYNC, body: /"state":"running"/ } );
	const sale = await sell( world );
	await report.arrived();
	await until( 'the hint is committed', PATIENCE, async () =>
		world.gates.site.passages.some( ( { body, status } ) => body.includes( 'upscale.success' ) && status === 200 )
	);
	const seconds = stopwatch();
	report.release();
	await waitFor( world, sale, 'completed' );
	healed( t, 'nothing: it is looked at again at once', seconds() );
	await judge( world, sale, bought, { status: 'completed', payment_status: 'paid', upscales: 1 } );
	await assertBooks( world, [ sale ], bought );
} );

/** A second bridge with a gate of its own: what holds up the first does not hold it up. */
async function secondBridge(): Promise< { gate: Gate; stop: () => Promise< void > } > {
	const gate = await openGate( () => world.site.url );
	const connection = await world.site.wp( `
		$key = get_option( \\SellMyImages\\Bridge\\KeyRing::OPTION )[0];
		echo \\SellMyImages\\Plugin::instance()->pairing()->connection_string( $key['id'], $key['secret'] );` );
	const url = new URL( connection.trim() );
	url.port = String( gate.port );
	const bridge = await world.startBridge( { SMI_SITE: url.href } );
	const stop = async () => {
		await bridge.stop();
		await gate.close();
	};
	return { gate, stop };
}

test( 'fault 22: two bridges, one slow: an old look at a payment changes nothing', async ( t ) => {
	const sale = await buy( world );
	const report = hold( world.gates.site, { path: SYNC, body: PAYMENT } );
	await ownerDoes( world, sale, 'refresh' );
	await report.arrived();
	await pay( world, sale );
	await endLeases( world, 'refresh_payment' );
	const seconds = stopwatch();
	const { gate, stop } = await secondBridge();
	try {
		await waitFor( world, sale, 'completed' );
		healed( t, 'nothing: the second bridge goes on', seconds() );
		const story = async () => ( await job( world, sale ) ).events.filter( ( { type } ) => type !== 'email' );
		const before = await story();
		report.release();
		await until( 'the old report is answered', PATIENCE, async () =>
			world.gates.site.passages.some(
				( { body, answer } ) => PAYMENT.test( body ) && answer.includes( 'stale_lease' )
			)
		);
		await beats( gate, 3 );
		assert.deepEqual( await story(), before );
		await judge( world, sale, bought, { status: 'completed', payment_status: 'paid', upscales: 1 } );
		await assertBooks( world, [ sale ], bought );
	} finally {
		report.release();
		await stop();
	}
} );

test( 'fault 22: two bridges, one slow: what it bought is not bought again', async ( t ) => {
	await nextUpscale( world, 'no_webhook' );
	const report = hold( world.gates.site, { path: SYNC, body: /"upsampler":"[^"]+"\}/ } );
	const sale = await sell( world );
	await report.arrived();
	await endLeases( world, 'submit' );
	const { gate, stop } = await secondBridge();
	try {
		const seen = await jobUntil( world, sale, 'unknown', ( { attention } ) => attention === 'submit_unknown' );
		assert.equal( seen.attempts[ 0 ]?.state, 'unknown' );
		await beats( gate, 2 );
		assert.equal( ( await upscales( world ) ) - bought, 1 );
		const seconds = stopwatch();
		// Of an old lease the id is kept.
		report.release();
		await waitFor( world, sale, 'completed' );
		healed( t, 'attention “submit unknown” until the slow one has spoken', seconds() );
		await judge( world, sale, bought, { status: 'completed', payment_status: 'paid', upscales: 1 } );
		await assertBooks( world, [ sale ], bought );
	} finally {
		report.release();
		await stop();
	}
} );

const credits = ( left: number ) => control( `${ world.upsampler }/_emulator/credits`, { left } );

const paused = async () => ( await mails( world ) ).filter( ( { subject } ) => /sales are paused/.test( subject ) );

test( 'fault 26: the upscaler’s account runs out of credits', async ( t ) => {
	const told = ( await paused() ).length;
	const late = await buy( world );
	await credits( 0 );
	const sale = await sell( world );
	await untilNotice( world, 'upscaler_blocked' );
	await pay( world, late );
	await jobUntil( world, late, 'paid', ( { payment_status } ) => payment_status === 'paid' );
	const refused = await fetch( `${ world.site.url }/wp-json/smi/v1/checkouts`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify( {
			attachment_id: world.site.pictures.small,
			post_id: world.site.post,
			resolution: '4x',
			email: 'late@example.org',
		} ),
	} );
	assert.equal( refused.status, 503 );
	await makeDue( world, 'submit' );
	await beats( world.gates.site, 6 );
	for ( const one of [ sale, late ] ) {
		await judge( world, one, bought, { status: 'pending', payment_status: 'paid', upscales: 0 } );
	}
	assert.equal( ( await paused() ).length, told + 1, 'The owner is mailed once.' );
	const seconds = stopwatch();
	await credits( CREDITS );
	await makeDue( world, 'submit' );
	await waitFor( world, sale, 'completed' );
	await makeDue( world, 'submit' );
	await waitFor( world, late, 'completed' );
	await untilNotice( world, 'upscaler_blocked', false );
	healed(
		t,
		'notice “upscaler blocked”, one mail; nothing is sold meanwhile; a probe every five minutes',
		seconds()
	);
	assert.equal( ( await paused() ).length, told + 1 );
	await assertBooks( world, [ sale, late ], bought );
	assert.equal( ( await upscales( world ) ) - bought, 2 );
} );

test( 'fault 26: the credits do not come back for a day', async ( t ) => {
	await credits( 0 );
	const sale = await sell( world );
	await untilNotice( world, 'upscaler_blocked' );
	await age( world, 'stripe', 25 * 3_600 );
	await ageRows( world, 25 * 3_600, 'jobs', 'attempts' );
	const seconds = stopwatch();
	await makeDue( world, 'submit' );
	await until( 'it is refunded', PATIENCE, async () => {
		await makeDue( world, 'submit' );
		return ( await job( world, sale ) ).payment_status === 'refunded';
	} );
	healed( t, 'notice “upscaler blocked”; after 24 hours failed and refunded', seconds() );
	await judge( world, sale, bought, { status: 'failed', payment_status: 'refunded', upscales: 0, refunds: 1 } );
	assert.ok( ( await notices( world ) ).includes( 'upscaler_blocked' ) );
	await credits( CREDITS );
	// Selling opens again by itself: the next sale is the probe.
	const next = await until( 'something is sold again', PATIENCE, () => sell( world ).catch( () => null ) );
	await waitFor( world, next, 'completed' );
	await untilNotice( world, 'upscaler_blocked', false );
	await assertBooks( world, [ sale, next ], bought );
} );
