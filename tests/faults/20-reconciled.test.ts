/** Fault 20: what Stripe says does not fit the order, and an outage of three days. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, test, type TestContext } from 'node:test';
import { STRIPE_KEY } from '../helpers/bridge-process.ts';
import { judge, upscales } from './support/ledger.ts';
import {
	ageRows,
	assertBooks,
	beats,
	dispute,
	minor,
	refundInDashboard,
	refundsOf,
	sessionOf,
} from './support/more.ts';
import { healed, stopwatch } from './support/report.ts';
import type { Reconciliation } from '../../admin-src/api/contracts.generated.ts';
import { breaches } from '../helpers/contracts.ts';
import { until } from '../helpers/until.ts';
import {
	age,
	atCheckout,
	buy,
	job,
	jobUntil,
	json,
	ownerDoes,
	PATIENCE,
	pay,
	sell,
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

/** Money came that is not what was agreed: held, shown, and returned by the owner alone. */
async function isHeld( t: TestContext, row: string, why: RegExp ): Promise< void > {
	const sale = await buy( world );
	await world.site.sql( `UPDATE wp_smi_jobs SET ${ row } WHERE job_id = '${ sale.job_id }';` );
	const seconds = stopwatch();
	await pay( world, sale );
	const held = await jobUntil( world, sale, 'held', ( { attention } ) => attention === 'amount_mismatch' );
	healed( t, 'attention “amount mismatch”, with both amounts; nothing starts', seconds() );
	assert.match( JSON.stringify( held.events ), why );
	await beats( world.gates.site, 3 );
	const stays = { status: 'pending', payment_status: 'paid', attention: [ 'amount_mismatch' ], upscales: 0 } as const;
	const taken = ( await sessionOf( world, sale ) ).amount_total;
	assert.equal( minor( held.amount_charged ), taken, 'The owner reads what Stripe took.' );
	await judge( world, sale, bought, { ...stays, attention: [ 'amount_mismatch' ], refunds: 0 } );
	await ownerDoes( world, sale, 'refunds' );
	await jobUntil( world, sale, 'refunded', ( { payment_status } ) => payment_status === 'refunded' );
	await judge( world, sale, bought, { status: 'failed', payment_status: 'refunded', upscales: 0, refunds: 1 } );
	await assertBooks( world, [ sale ], bought );
}

test( 'fault 20: another amount than agreed was paid', ( t ) =>
	isHeld( t, 'amount_charged = amount_charged + 1', /amount|price/i ) );

/** Stripe shows the payment of somebody else: nothing of it is taken, and it is mended by looking again. */
async function isLeftAlone(
	t: TestContext,
	change: ( session: Record< string, unknown > ) => object
): Promise< void > {
	const sale = await buy( world );
	world.gates.stripe.before(
		{ method: 'GET', path: `/v1/checkout/sessions/${ sale.session }` },
		async ( { path } ) => {
			const headers = { authorization: `Bearer ${ STRIPE_KEY }` };
			const answer = await fetch( world.stripe + path, { headers } );
			const session = ( await answer.json() ) as Record< string, unknown >;
			return { status: answer.status, body: { ...session, ...change( session ) } };
		},
		100
	);
	await pay( world, sale );
	await jobUntil( world, sale, 'held', ( { attention } ) => attention === 'amount_mismatch' );
	await beats( world.gates.site, 3 );
	await judge( world, sale, bought, {
		status: 'awaiting_payment',
		payment_status: 'pending',
		attention: [ 'amount_mismatch' ],
		upscales: 0,
	} );
	world.gates.stripe.clear();
	const seconds = stopwatch();
	await ownerDoes( world, sale, 'refresh' );
	await waitFor( world, sale, 'completed' );
	healed( t, 'attention “amount mismatch”; nothing starts until Stripe says otherwise', seconds() );
	await judge( world, sale, bought, { status: 'completed', payment_status: 'paid', upscales: 1 } );
	await assertBooks( world, [ sale ], bought );
}

test( 'fault 20: the payment is of the other mode', ( t ) => isLeftAlone( t, () => ( { livemode: true } ) ) );

test( 'fault 20: the payment is another site’s', ( t ) =>
	isLeftAlone( t, ( { metadata } ) => ( {
		metadata: { ...( metadata as object ), smi_site: '11111111-1111-4111-8111-111111111111' },
	} ) ) );

test( 'fault 20: the payment is another job’s', ( t ) =>
	isLeftAlone( t, ( { metadata } ) => ( {
		metadata: { ...( metadata as object ), smi_job: '22222222-2222-4222-8222-222222222222' },
	} ) ) );

const HOURS_72 = 72 * 3_600;

/** Everything is 72 hours ago. */
async function passes(): Promise< void > {
	await age( world, 'stripe', HOURS_72 );
	await age( world, 'upsampler', HOURS_72 );
	await ageRows( world, HOURS_72, 'jobs', 'attempts', 'refunds', 'commands' );
	await world.site.wp( `
		update_option( 'smi_bridge_seen', (int) get_option( 'smi_bridge_seen' ) - ${ HOURS_72 } );
		$cursors = (array) get_option( 'smi_reconcile' );
		foreach ( array( 'events', 'objects' ) as $mode ) {
			if ( isset( $cursors[ $mode ] ) ) {
				$cursors[ $mode ] -= ${ HOURS_72 };
			}
		}
		update_option( 'smi_reconcile', $cursors );` );
}

test( 'fault 20: the bridge is away for 72 hours, and no webhook comes again', async ( t ) => {
	const whole = async (): Promise< Sale > => {
		const sale = await sell( world );
		await waitFor( world, sale, 'completed' );
		return sale;
	};
	const [ paid, expired, debited, unpaid ] = [
		await buy( world ),
		await buy( world ),
		await buy( world ),
		await buy( world ),
	];
	await atCheckout( world, debited, 'pay_later' );
	await atCheckout( world, unpaid, 'pay_later' );
	for ( const sale of [ debited, unpaid ] ) {
		await jobUntil( world, sale, 'under way', ( seen ) => seen.is_payment_under_way );
	}
	const [ returned, disputed, bounced ] = [ await whole(), await whole(), await whole() ];
	await ownerDoes( world, bounced, 'refunds' );
	await jobUntil( world, bounced, 'refunded', ( { payment_status } ) => payment_status === 'refunded' );
	await world.bridges[ 0 ]?.end();
	await control( `${ world.stripe }/_emulator/webhooks`, { drop: 1 } );
	await pay( world, paid );
	await atCheckout( world, expired, 'expire' );
	await atCheckout( world, debited, 'settle' );
	await atCheckout( world, unpaid, 'fail' );
	await refundInDashboard( world, returned, 100 );
	await dispute( world, disputed, 'needs_response' );
	const [ refund ] = await refundsOf( world, bounced );
	await control( `${ world.stripe }/_emulator/refunds/${ refund?.id }`, { status: 'failed' } );
	await passes();
	const before = await Promise.all(
		[ paid, expired, debited ].map( async ( sale ) => ( await job( world, sale ) ).status )
	);
	assert.deepEqual( before, [ 'awaiting_payment', 'awaiting_payment', 'awaiting_payment' ] );
	const seconds = stopwatch();
	await world.startBridge();
	await Promise.all( [
		waitFor( world, paid, 'completed' ),
		waitFor( world, debited, 'completed' ),
		waitFor( world, expired, 'abandoned' ),
		waitFor( world, unpaid, 'abandoned' ),
		jobUntil(
			world,
			returned,
			'partly refunded',
			( { payment_status } ) => payment_status === 'partially_refunded'
		),
		jobUntil( world, disputed, 'disputed', ( { attention } ) => attention === 'disputed' ),
		jobUntil( world, bounced, 'not refunded after all', ( { attention } ) => attention === 'refund_failed' ),
	] );
	healed( t, 'notice “bridge silent”; afterwards each job as if nothing had been', seconds() );
	await assertBooks( world, [ paid, expired, debited, unpaid, returned, disputed, bounced ], bought );
} );

/** A look through Stripe that the owner asked for, when it is over. */
async function lookedThrough( dry_run: boolean ): Promise< Reconciliation > {
	const path = '/wp-json/smi/v1/reconciliations';
	const started = await json< { is_new: boolean; reconciliation: Reconciliation } >(
		world.owner( path, { method: 'POST', body: JSON.stringify( { dry_run } ) } ),
		202
	);
	assert.ok( started.is_new );
	return until( 'the look through Stripe is over', PATIENCE, async () => {
		const now = await json< Reconciliation >( world.owner( `${ path }/${ started.reconciliation.id }` ) );
		assert.deepEqual( breaches( 'reconciliation', now ), [] );
		return now.state !== 'running' && now;
	} );
}

test( 'fault 20: what the site forgot is told by a look through Stripe, and put right by the next one', async ( t ) => {
	const sale = await sell( world );
	await waitFor( world, sale, 'completed' );
	await refundInDashboard( world, sale, 100 );
	const isPartlyRefunded = () =>
		jobUntil( world, sale, 'partly refunded', ( seen ) => seen.payment_status === 'partially_refunded' );
	await isPartlyRefunded();
	// Too long ago for the events that are read every few minutes.
	await age( world, 'stripe', 3_600 );
	await world.site.sql( `
		DELETE FROM wp_smi_refunds WHERE job_id = '${ sale.job_id }';
		UPDATE wp_smi_jobs SET payment_status = 'paid', refund_amount = NULL WHERE job_id = '${ sale.job_id }';` );
	const seconds = stopwatch();
	const dry = await lookedThrough( true );
	const about = ( { differences }: Reconciliation ) =>
		differences.map( ( { code, job_id, outcome } ) => [ code, job_id, outcome ] );
	assert.equal( dry.state, 'done', JSON.stringify( dry.trouble ) );
	assert.deepEqual( about( dry ), [ [ 'refund', sale.job_id, 'would_change' ] ] );
	await beats( world.gates.site, 3 );
	assert.equal( ( await job( world, sale ) ).payment_status, 'paid', 'A look changes nothing.' );
	const real = await lookedThrough( false );
	assert.equal( real.state, 'done', JSON.stringify( real.trouble ) );
	assert.deepEqual( [ real.found, about( real )[ 0 ]?.[ 1 ] ], [ 1, sale.job_id ] );
	await isPartlyRefunded();
	healed( t, 'the difference in the report, then “put right”', seconds() );
	await assertBooks( world, [ sale ], bought );
} );
