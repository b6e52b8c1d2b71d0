/** What a bridge says about itself, while all is well and while it is not. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { BridgeCommand, Report } from '../../bridge/src/contracts.generated.ts';
import { notReady } from '../../bridge/src/last-sync.ts';
import { Metrics } from '../../bridge/src/metrics.ts';
import { outcomeLine } from '../../bridge/src/outcome-line.ts';
import { describeAnswer } from '../../bridge/src/outbound/words.ts';
import { until } from './support/fake-wordpress.ts';
import { leased, World } from './support/world.ts';

const get = async ( url: string, token?: string ) => {
	const headers = token === undefined ? {} : { authorization: `Bearer ${ token }` };
	const answer = await fetch( url, { headers } );
	return { status: answer.status, text: await answer.text() };
};

describe( '/readyz', () => {
	it( 'is a matter of the last two minutes, not of the first hello', () => {
		const hour = 3_600_000;
		assert.equal( notReady( false, { at: null, error: null } ), 'no hello' );
		assert.equal( notReady( false, { at: null, error: 'The key is gone.' } ), 'no hello: The key is gone.' );
		assert.equal( notReady( true, { at: null, error: null } ), 'no sync yet' );
		assert.equal( notReady( true, { at: hour, error: 'A hiccup.' }, hour + 120_000 ), null );
		assert.equal( notReady( true, { at: hour, error: null }, hour + 121_000 ), 'last sync 121 s ago' );
		const revoked = notReady( true, { at: hour, error: 'This key was removed.' }, hour + 312_400 );
		assert.equal( revoked, 'last sync 312 s ago: This key was removed.' );
	} );

	let world: World;
	beforeEach( async () => ( world = await World.create( { SMI_METRICS_TOKEN: 'look' } ) ) );
	afterEach( () => world.close() );

	it( 'is 200 once a sync went through, and 503 with its reason when none does any more', async () => {
		await until( () => world.wordpress.syncs.length > 0, 'a sync' );
		await until( () => world.bridge.lastSync.at, 'its answer' );
		assert.deepEqual( await get( `${ world.url }/readyz` ), { status: 200, text: '{"ready":true}' } );
		world.wordpress.trouble = () => ( {
			status: 401,
			body: { code: 'smi_signature_unknown', message: 'This key was removed.', data: { status: 401 } },
		} );
		world.bridge.wake();
		await until( () => world.bridge.lastSync.error, 'a refused sync' );
		assert.equal( ( await get( `${ world.url }/readyz` ) ).status, 200 );
		world.bridge.lastSync.at = performance.now() - 312_000;
		const { status, text } = await get( `${ world.url }/readyz` );
		assert.equal( status, 503 );
		assert.deepEqual( JSON.parse( text ), { ready: false, reason: 'last sync 312 s ago: This key was removed.' } );
	} );

	it( 'says why before the first hello', async () => {
		await world.bridge.stop();
		world.wordpress.trouble = () => ( { status: 503, body: '<h1>Maintenance</h1>' } );
		await world.startBridge();
		await until( () => world.bridge.lastSync.error, 'a hello without an answer' );
		const { status, text } = await get( `${ world.url }/readyz` );
		assert.equal( status, 503 );
		assert.match( text, /"reason":"no hello: Something else than the plugin answered \(HTTP 503\)/ );
	} );

	it( 'counts what waits when somebody looks, not when a sync ended', async () => {
		await until( () => world.bridge.lastSync.at, 'a sync' );
		const { text } = await get( `${ world.url }/metrics`, 'look' );
		assert.match( text, /^smi_waiting\{what="hints"\} 0$/m );
		assert.match( text, /^smi_waiting\{what="reports"\} 0$/m );
		assert.match( text, /^smi_last_sync_age_seconds \d+\.\d+/m );
		const metrics = new Metrics();
		let waiting = 3;
		metrics.sizes.set( 'hints', () => waiting );
		waiting = 7;
		assert.match( await metrics.registry.metrics(), /^smi_waiting\{what="hints"\} 7$/m );
		assert.match( await metrics.registry.metrics(), /^smi_last_sync_age_seconds Nan$/im );
	} );
} );

describe( 'a foreign answer', () => {
	const words = ( text: string, headers = {} ) => describeAnswer( { text, headers } );

	it( 'shows where it leads, without what the query holds', () => {
		const location = 'https://sso.example.org/login?token=abc#x';
		assert.equal( words( '', { location } ), ' It leads to https://sso.example.org/login.' );
	} );

	it( 'shows how its text begins, without tags, styles and scripts, and not for long', () => {
		const page = '<!doctype html><style>h1 { }</style><h1>Access\n denied</h1><script>x()</script> Ray ID';
		assert.equal( words( page ), ' It begins: "Access denied Ray ID".' );
		assert.equal( words( '' ), '' );
		assert.equal( words( `${ '🙂'.repeat( 200 ) }` ), ` It begins: "${ '🙂'.repeat( 120 ) }…".` );
		assert.equal( words( '\ud83d!' ), ' It begins: "!".' );
	} );

	it( 'is in the log and in /readyz', async () => {
		const world = await World.create();
		try {
			await until( () => world.bridge.lastSync.at, 'a sync' );
			world.wordpress.trouble = () => ( { status: 403, body: '<h1>Blocked by the wall</h1>' } );
			world.bridge.wake();
			const error = await until( () => world.bridge.lastSync.error, 'a refused sync' );
			assert.match( error, /\(HTTP 403\): a server's or a proxy's page\. It begins: "Blocked by the wall"\.$/ );
		} finally {
			await world.close();
		}
	} );
} );

describe( 'the line about a command', () => {
	const ids = { job_id: 'job-1', payment_intent: 'pi_1', amount_minor: 500, currency: 'usd' };
	const line = ( kind: BridgeCommand[ 'kind' ], payload: object, result: Partial< Report > | null ) =>
		outcomeLine( leased( kind, payload as never ), result as never );

	it( 'tells a refund, with what finds it at Stripe', () => {
		const told = line( 'refund', ids, { outcome: 'ok', provider_ids: { refund: 're_1' } } );
		assert.deepEqual( [ told.level, told.words ], [ 'info', 'Refund made.' ] );
		const { job, payment_intent, refund, amount_minor, currency } = told.fields;
		assert.deepEqual(
			[ job, payment_intent, refund, amount_minor, currency ],
			[ 'job-1', 'pi_1', 're_1', 500, 'usd' ]
		);
	} );

	it( 'tells a bought upscale and a delivered picture, with what finds them at the upscaler', () => {
		const bought = line(
			'submit',
			{ job_id: 'job-1', token: 'secret-token', image_url: 'http://x/y.jpg' },
			{
				outcome: 'ok',
				provider_ids: { upsampler: 'up_1' },
			}
		);
		assert.deepEqual(
			[ bought.level, bought.words, bought.fields[ 'upsampler' ] ],
			[ 'info', 'Upscale bought.', 'up_1' ]
		);
		const file = { sha256: 'a', bytes: 9, width: 1, height: 1, mime: 'image/png' };
		const snapshot = { type: 'attempt', state: 'succeeded', credits: 3, result_url: 'http://x/result', file };
		const made = line(
			'refresh_attempt',
			{ job_id: 'job-1', provider_id: 'up_1' },
			{
				outcome: 'snapshot',
				snapshot: snapshot as never,
			}
		);
		assert.deepEqual( [ made.level, made.words ], [ 'info', 'Picture delivered.' ] );
		assert.deepEqual(
			[ made.fields[ 'upsampler' ], made.fields[ 'credits' ], made.fields[ 'bytes' ] ],
			[ 'up_1', 3, 9 ]
		);
		assert.doesNotMatch( JSON.stringify( [ bought, made ] ), /secret-token|http:/ );
	} );

	it( 'warns of trouble, and keeps a payment page’s address to itself', () => {
		const error = { code: 'no_answer', message: 'Away.' };
		assert.equal( line( 'refund', ids, { outcome: 'retry', error } ).level, 'warn' );
		const opened = line(
			'open_checkout',
			{ job_id: 'job-1' },
			{
				outcome: 'ok',
				provider_ids: { session: 'cs_1', session_url: 'http://pay/' },
			}
		);
		assert.deepEqual( [ opened.level, opened.fields[ 'session' ] ], [ 'debug', 'cs_1' ] );
		assert.doesNotMatch( JSON.stringify( opened ), /pay/ );
		assert.equal( line( 'retry', {}, null ).level, 'debug' );
	} );
} );
