/** Faults 7 to 13: an ingest without a database, answers and webhooks that are lost, early, forged, and results that are gone. */
import assert from 'node:assert/strict';
import { rename } from 'node:fs/promises';
import { after, before, beforeEach, test } from 'node:test';
import { until } from '../helpers/until.ts';
import type { Passage } from './support/gate.ts';
import { creditsSpent, judge, upscales } from './support/ledger.ts';
import { healed, stopwatch } from './support/report.ts';
import {
	age,
	buy,
	fault,
	job,
	jobUntil,
	nextUpscale,
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

const SUBMIT = { method: 'POST', path: '/api/v1/precise-upscale' };
const FROM_UPSAMPLER = { path: '/webhooks/upsampler/' };

/** What came through the front for this address, or all of it below. */
const atFront = ( path: string ) => world.gates.front.passages.filter( ( one ) => one.path.startsWith( path ) );

/** The path of the webhook that the last submit named: it proves itself, whoever calls it. */
function webhookOfLastSubmit(): string {
	const submit = world.gates.upsampler.passages.filter( ( { path } ) => path === SUBMIT.path ).at( -1 );
	const { webhook } = JSON.parse( ( submit as Passage ).body ) as { webhook: string };
	return new URL( webhook ).pathname;
}

const isCompletedOf = ( { body }: Passage, { job_id }: Sale ) =>
	body.includes( '"checkout.session.completed"' ) && body.includes( job_id );

test( 'fault 7: the database is down when the payment is told', async ( t ) => {
	const { socket } = world.site;
	const sale = await buy( world );
	await rename( socket, `${ socket }.away` );
	try {
		await pay( world, sale );
		const told = () => atFront( '/webhooks/stripe' ).filter( ( one ) => isCompletedOf( one, sale ) );
		await until( 'Stripe was told to come again', PATIENCE, async () =>
			told().some( ( { status } ) => status === 503 )
		);
		assert.ok(
			told().every( ( { status } ) => status !== 200 ),
			'a 2xx without a commit'
		);
	} finally {
		await rename( `${ socket }.away`, socket );
	}
	const seconds = stopwatch();
	await waitFor( world, sale, 'completed' );
	healed( t, 'the site’s own error page while it lasts; then paid, completed', seconds() );
	await judge( world, sale, bought, { status: 'completed', payment_status: 'paid', upscales: 1 } );
	assert.deepEqual( await world.site.heard( sale.job_id ), [ 'smi_payment_completed', 'smi_job_completed' ] );
} );

test( 'fault 8: the answer to a submit is lost, and the webhook brings the id', async ( t ) => {
	await fault( world, 'upsampler', SUBMIT, { drop: 'after' } );
	await nextUpscale( world, 'success', { work_ms: 6_000 } );
	const sale = await sell( world );
	const seen = await jobUntil(
		world,
		sale,
		'the owner sees the riddle',
		( { attention } ) => attention === 'submit_unknown'
	);
	assert.deepEqual( [ seen.status, seen.attempts[ 0 ]?.state ], [ 'processing', 'unknown' ] );
	const seconds = stopwatch();
	await waitFor( world, sale, 'completed' );
	healed( t, '“submit unknown”; then paid, completed, one attempt', seconds() );
	await judge( world, sale, bought, { status: 'completed', payment_status: 'paid', upscales: 1 } );
} );

test( 'fault 8: the answer to a submit is lost, and no webhook ever comes', async ( t ) => {
	await world.calm( { SUBMIT_UNKNOWN: 4 } );
	await fault( world, 'upsampler', SUBMIT, { drop: 'after' } );
	await nextUpscale( world, 'no_webhook' );
	const sale = await sell( world );
	await jobUntil( world, sale, 'the owner sees the riddle', ( { attention } ) => attention === 'submit_unknown' );
	const seconds = stopwatch();
	await waitFor( world, sale, 'completed' );
	healed(
		t,
		'“submit unknown” for 30 min (4 s here), then a second attempt; the first keeps “may have been paid”',
		seconds()
	);
	await judge( world, sale, bought, { status: 'completed', payment_status: 'paid', upscales: 2, perhaps: 1 } );
} );

test( 'fault 9: a submit answers FAILED at once', async ( t ) => {
	const spent = await creditsSpent( world );
	await nextUpscale( world, 'fail_at_submit' );
	const seconds = stopwatch();
	const sale = await sell( world );
	await waitFor( world, sale, 'failed' );
	const seen = await jobUntil( world, sale, 'refunded', ( { payment_status } ) => payment_status === 'refunded' );
	healed( t, 'failed with the upscaler’s reason, refunded by itself', seconds() );
	await judge( world, sale, bought, { status: 'failed', payment_status: 'refunded', upscales: 1, refunds: 1 } );
	assert.equal( await creditsSpent( world ), spent, 'it cost nothing' );
	assert.match( seen.attempts[ 0 ]?.error ?? '', /could not be processed/ );
	assert.deepEqual(
		seen.refunds.map( ( { origin } ) => origin ),
		[ 'auto' ]
	);
} );

/** What a stranger sends who knows, or guesses, an address. */
const forge = async ( path: string, body: unknown ) =>
	(
		await fetch( world.gates.front.url + path, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify( body ),
		} )
	).status;

test( 'fault 10: forged SUCCESS and FAILED', async ( t ) => {
	await nextUpscale( world, 'success', { work_ms: 8_000 } );
	const sale = await sell( world );
	const running = await jobUntil(
		world,
		sale,
		'it is being made',
		( { attempts } ) => attempts[ 0 ]?.state === 'running'
	);
	const path = webhookOfLastSubmit();
	const id = running.attempts[ 0 ]?.provider_id;
	const success = { id, status: 'SUCCESS', imageUrl: 'http://127.0.0.1:1/evil.png', creditCost: 0 };
	const syncs = () =>
		world.gates.site.passages.filter( ( { body } ) => body.includes( '"provider":"upsampler"' ) ).length;
	// By somebody who has the token, which the upscaler itself could have leaked: looked at, not believed.
	assert.equal( await forge( path, { id, status: 'FAILED', error: 'forged' } ), 200 );
	assert.equal( await forge( path, success ), 200 );
	assert.equal( await forge( path, { ...success, id: 'another-id' } ), 200 );
	const before = syncs();
	assert.ok( before >= 2, 'the site heard of those' );
	// By somebody who has not: nothing happens at all.
	const wrong = `${ path.slice( 0, -1 ) }${ path.endsWith( 'A' ) ? 'B' : 'A' }`;
	for ( const address of [
		wrong,
		'/webhooks/upsampler/guess',
		`/webhooks/upsampler/${ running.attempts[ 0 ]?.uuid }`,
	] ) {
		assert.equal( await forge( address, success ), 404, address );
	}
	assert.equal( syncs(), before, 'a forged token reached the site' );
	const still = await job( world, sale );
	assert.deepEqual( [ still.status, still.attempts[ 0 ]?.state ], [ 'processing', 'running' ] );
	const seconds = stopwatch();
	await waitFor( world, sale, 'completed' );
	healed( t, 'nothing: processing until the real result is in', seconds() );
	await judge( world, sale, bought, { status: 'completed', payment_status: 'paid', upscales: 1 } );
	assert.equal( ( await job( world, sale ) ).attempts[ 0 ]?.provider_id, id );
} );

test( 'fault 11: Upsampler’s webhook is lost', async ( t ) => {
	const webhooks = atFront( FROM_UPSAMPLER.path ).length;
	// Not done yet at the first look.
	await nextUpscale( world, 'no_webhook', { work_ms: 3_000 } );
	const seconds = stopwatch();
	const sale = await sell( world );
	await waitFor( world, sale, 'completed' );
	healed( t, 'processing for up to 30 s longer (2 s here)', seconds() );
	assert.equal( atFront( FROM_UPSAMPLER.path ).length, webhooks );
	await judge( world, sale, bought, { status: 'completed', payment_status: 'paid', upscales: 1 } );
} );

test( 'fault 11: Stripe’s webhooks are lost', async ( t ) => {
	await world.calm( { RECONCILE_EVENTS: 2 } );
	// Three minutes later.
	await world.site.sql( "UPDATE wp_smi_commands SET due_at = UTC_TIMESTAMP() WHERE kind = 'reconcile'" );
	await control( `${ world.stripe }/_emulator/webhooks`, { drop: 1 } );
	const seconds = stopwatch();
	const sale = await sell( world );
	await waitFor( world, sale, 'completed' );
	healed( t, 'awaiting payment for up to 3 min longer (2 s here)', seconds() );
	assert.deepEqual(
		atFront( '/webhooks/stripe' ).filter( ( { body } ) => body.includes( sale.job_id ) ),
		[]
	);
	await judge( world, sale, bought, { status: 'completed', payment_status: 'paid', upscales: 1 } );
} );

test( 'fault 12: Upsampler’s webhook comes before its id is stored', async ( t ) => {
	const { upsampler, front } = world.gates;
	const taken: ( number | null )[] = [];
	front.after( FROM_UPSAMPLER, ( { status } ) => void taken.push( status ) );
	// The answer of the submit, which has the id, waits for the webhook.
	upsampler.after( SUBMIT, () =>
		until( 'the webhook is taken', PATIENCE, async () => taken.length > 0 ).then( () => {} )
	);
	const seconds = stopwatch();
	const sale = await sell( world );
	await waitFor( world, sale, 'completed' );
	healed( t, 'paid, completed', seconds() );
	assert.deepEqual( taken, [ 200 ] );
	await judge( world, sale, bought, { status: 'completed', payment_status: 'paid', upscales: 1 } );
} );

test( 'fault 13: the result’s address has expired', async ( t ) => {
	const spent = await creditsSpent( world );
	// Four hours pass between the upscaler's word and the fetch.
	world.gates.upsampler.before(
		{ path: '/results/' },
		async () => void ( await age( world, 'upsampler', 4 * 3600 ) )
	);
	const seconds = stopwatch();
	const sale = await sell( world );
	await waitFor( world, sale, 'completed' );
	healed( t, 'a first attempt “expired”, paid for, and a second; completed', seconds() );
	await judge( world, sale, bought, { status: 'completed', payment_status: 'paid', upscales: 2 } );
	const seen = await job( world, sale );
	assert.deepEqual(
		seen.attempts.map( ( { state, error_code, credits } ) => [ state, error_code, credits ] ),
		[
			[ 'succeeded', null, 1 ],
			[ 'failed', 'expired', 1 ],
		]
	);
	assert.equal( ( await creditsSpent( world ) ) - spent, 2 );
} );

test( 'fault 13: the result’s address is refused for a while', async ( t ) => {
	const spent = await creditsSpent( world );
	await nextUpscale( world, 'success', { result_status: 403, result_times: 2 } );
	const seconds = stopwatch();
	const sale = await sell( world );
	await waitFor( world, sale, 'completed' );
	healed( t, 'processing until the file can be had; one attempt', seconds() );
	await judge( world, sale, bought, { status: 'completed', payment_status: 'paid', upscales: 1 } );
	assert.equal( ( await creditsSpent( world ) ) - spent, 1 );
} );
