/** Fault 6: the bridge is killed at any point, after a 2xx too. Each point is a request that a gate holds while the process dies. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../helpers/until.ts';
import { judge, upscales, type Expected } from './support/ledger.ts';
import { healed, stopwatch } from './support/report.ts';
import {
	buy,
	job,
	jobUntil,
	nextUpscale,
	ownerDoes,
	PATIENCE,
	pay,
	sell,
	stats,
	story,
	waitFor,
} from './support/shop.ts';
import { killAt, type Moment } from './support/trap.ts';
import { openWorld, type World } from './support/world.ts';

let world: World;

/** A lease that ends within a test's patience, and an attempt that stays a riddle for as long. */
const TIMES = { LEASE: 4, SUBMIT_UNKNOWN: 4 };

before( async () => {
	world = await openWorld( { times: TIMES } );
} );
after( () => world?.stop() );

const SYNC = /\/bridge\/sync$/;
const SUBMIT = { method: 'POST', path: '/api/v1/precise-upscale' };
const FILE = /\/bridge\/attempts\/[^/]+\/file/;
const ONCE: Partial< Expected > = { upscales: 1 };

interface Point {
	/** Goes on "the bridge is killed …". */
	name: string;
	moment: Moment;
	/** What Upsampler does meanwhile, if not as usual. */
	next?: { outcome: string; work_ms?: number };
	expected?: Partial< Expected >;
	/** What the owner reads, if not only that it is paid and completed. */
	owner?: string;
	/** Seconds for which an attempt stays a riddle. */
	times?: Record< string, number >;
}

/** Longer than the next bridge takes to come: Upsampler calls once. */
const LONG = { outcome: 'success', work_ms: 10_000 };
const RIDDLE = '“submit unknown” for a moment; then paid, completed';
const PERHAPS = '“submit unknown” for a while, then a second attempt; the first keeps “may have been paid”';
const LATE = { SUBMIT_UNKNOWN: 60 };

const POINTS: Point[] = [
	{
		name: 'when it has made the checkout',
		moment: { gate: 'stripe', when: 'after', like: { method: 'POST', path: '/v1/checkout/sessions' } },
	},
	{
		name: 'when a webhook comes',
		moment: {
			gate: 'front',
			when: 'before',
			like: { path: '/webhooks/stripe', body: '"checkout.session.completed"' },
		},
	},
	{
		name: 'before the site hears of the payment',
		moment: { gate: 'site', when: 'before', like: { path: SYNC, body: '"hints":[{' } },
	},
	{
		name: 'when the site knows of the payment and Stripe has no 2xx yet',
		moment: { gate: 'site', when: 'after', like: { path: SYNC, body: '"hints":[{' } },
	},
	{
		name: 'after the 2xx',
		moment: {
			gate: 'front',
			when: 'after',
			like: { path: '/webhooks/stripe', body: '"checkout.session.completed"' },
		},
	},
	{
		name: 'when it has claimed the payment',
		moment: { gate: 'site', when: 'after', like: { path: SYNC, answer: '"kind":"refresh_payment"' } },
	},
	{
		name: 'when it has claimed the submit',
		moment: { gate: 'site', when: 'after', like: { path: SYNC, answer: '"kind":"submit"' } },
	},
	{
		name: 'before the site hears that it begins',
		moment: { gate: 'site', when: 'before', like: { method: 'POST', path: /\/begin$/ } },
	},
	{
		name: 'between the begin and the call',
		moment: { gate: 'upsampler', when: 'before', like: SUBMIT },
		expected: { perhaps: 1 },
		owner: PERHAPS,
	},
	{
		name: 'between the call and its answer',
		moment: { gate: 'upsampler', when: 'after', like: SUBMIT },
		next: LONG,
		times: LATE,
		owner: RIDDLE,
	},
	{
		name: 'between the call and its answer, and the webhook finds nobody',
		moment: { gate: 'upsampler', when: 'after', like: SUBMIT },
		expected: { upscales: 2, perhaps: 1 },
		owner: PERHAPS,
	},
	{
		name: 'before it reports the upscale',
		moment: { gate: 'site', when: 'before', like: { path: SYNC, body: '"upsampler":"' } },
		next: LONG,
		times: LATE,
		owner: RIDDLE,
	},
	{
		name: 'when it has reported the upscale',
		moment: { gate: 'site', when: 'after', like: { path: SYNC, body: '"upsampler":"' } },
	},
	{
		name: 'when it has the result',
		moment: { gate: 'upsampler', when: 'after', like: { path: '/results/' } },
	},
	{
		name: 'before the file arrives',
		moment: { gate: 'site', when: 'before', like: { path: FILE } },
	},
	{
		name: 'when the file is there, before its report',
		moment: { gate: 'site', when: 'after', like: { path: FILE } },
	},
	{
		name: 'when the picture is reported',
		moment: { gate: 'site', when: 'after', like: { path: SYNC, body: '"state":"succeeded"' } },
	},
];

for ( const { name, moment, next, expected, owner = 'paid, completed', times = {} } of POINTS ) {
	test( `fault 6: the bridge is killed ${ name }`, async ( t ) => {
		await world.calm( { ...TIMES, ...times } );
		const bought = await upscales( world );
		await nextUpscale( world, 'success', next );
		const trap = killAt( world, moment );
		const sale = await sell( world );
		await waitFor( world, sale, 'completed' );
		const seconds = trap.seconds();
		assert.ok( seconds !== null, 'the bridge was never killed' );
		healed( t, owner, seconds );
		await trap.mended;
		await judge( world, sale, bought, {
			status: 'completed',
			payment_status: 'paid',
			...ONCE,
			...expected,
		} as Expected );
		assert.deepEqual( await world.site.heard( sale.job_id ), heardOf( expected?.perhaps ?? 0 ) );
	} );
}

/** The action is fired once, and once more for each attempt that had to be made again. */
const heardOf = ( again: number ) => [
	...Array.from( { length: 1 + again }, () => 'smi_payment_completed' ),
	'smi_job_completed',
];

const REFUNDS = { method: 'POST', path: '/v1/refunds' };

for ( const [ name, moment ] of Object.entries( {
	'before Stripe hears of the refund': { gate: 'stripe', when: 'before', like: REFUNDS },
	'when Stripe has refunded, before the answer': { gate: 'stripe', when: 'after', like: REFUNDS },
} satisfies Record< string, Moment > ) ) {
	test( `fault 6: the bridge is killed ${ name }`, async ( t ) => {
		await world.calm();
		const bought = await upscales( world );
		const sale = await sell( world );
		await waitFor( world, sale, 'completed' );
		const trap = killAt( world, moment );
		await ownerDoes( world, sale, 'refunds', { reason: 'requested_by_customer' } );
		await jobUntil( world, sale, 'refunded', isRefunded );
		healed( t, 'refund “sending”, then “succeeded”, once', trap.seconds() ?? Number.NaN );
		await trap.mended;
		await judge( world, sale, bought, {
			status: 'completed',
			payment_status: 'refunded',
			upscales: 1,
			refunds: 1,
		} );
	} );
}

const isRefunded = ( { payment_status, refunds }: { payment_status: string; refunds: { status: string }[] } ) =>
	payment_status === 'refunded' && refunds.every( ( { status } ) => status === 'succeeded' );

test( 'fault 6: the bridge is killed while it retries an attempt that failed in passing', async ( t ) => {
	await world.calm();
	const bought = await upscales( world );
	await nextUpscale( world, 'html', { times: 1 } );
	const trap = killAt( world, { gate: 'site', when: 'after', like: { path: /\/payment-completed$/ } } );
	const sale = await sell( world );
	await waitFor( world, sale, 'completed' );
	healed( t, 'two attempts, the first with its reason; paid, completed', trap.seconds() ?? Number.NaN );
	await trap.mended;
	await judge( world, sale, bought, { status: 'completed', payment_status: 'paid', upscales: 2 } );
} );

test( 'fault 6: the bridge is told to stop in the middle of a purchase', async ( t ) => {
	await world.calm();
	const bought = await upscales( world );
	const trap = killAt( world, { gate: 'upsampler', when: 'after', like: SUBMIT }, 'SIGTERM' );
	const sale = await sell( world );
	await waitFor( world, sale, 'completed' );
	healed( t, 'paid, completed; never “submit unknown”', trap.seconds() ?? Number.NaN );
	await trap.mended;
	await judge( world, sale, bought, { status: 'completed', payment_status: 'paid', upscales: 1 } );
	assert.deepEqual(
		story( await job( world, sale ) ).filter( ( line ) => line.includes( 'unknown' ) ),
		[]
	);
} );

test( 'fault 6: no bridge for long', async ( t ) => {
	await world.calm();
	const bought = await upscales( world );
	const sale = await buy( world );
	await world.calm( { ...TIMES, BRIDGE_SILENT: 4 } );
	await world.bridges[ 0 ]?.kill();
	await pay( world, sale );
	const told = async () => ( await stats( world ) ).notices.map( ( { code } ) => code );
	await until( 'the owner is told', PATIENCE, async () => ( await told() ).includes( 'bridge_silent' ) );
	await assert.rejects( buy( world ), /503 .*smi_checkout_unavailable/, 'the shop is closed' );
	const seen = await job( world, sale );
	assert.deepEqual( [ seen.status, seen.attention_all ], [ 'awaiting_payment', [] ] );
	const seconds = stopwatch();
	await world.startBridge();
	await waitFor( world, sale, 'completed' );
	healed( t, 'notice “bridge silent” and a closed shop until it is back; then paid, completed', seconds() );
	await until( 'the notice is gone', PATIENCE, async () => ! ( await told() ).includes( 'bridge_silent' ) );
	await judge( world, sale, bought, { status: 'completed', payment_status: 'paid', upscales: 1 } );
} );
