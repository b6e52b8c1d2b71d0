/** Fault 24: a staging copy of a shop, with the same keys. Real money, as far as the emulators are concerned. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { JobDetail } from '../../admin-src/api/contracts.generated.ts';
import { startBridgeProcess, waitUntilReady } from '../helpers/bridge-process.ts';
import type { Fetch } from '../helpers/owner-session.ts';
import { until } from '../helpers/until.ts';
import { cloneSite, ownerOf, putIntoProduction } from './support/copies.ts';
import { openGate } from './support/gate.ts';
import { calls, upscales } from './support/ledger.ts';
import { assertBooks, beats, mails, minor, notices, refundsOf } from './support/more.ts';
import { healed, stopwatch } from './support/report.ts';
import { buy, fault, job, jobUntil, json, ownerDoes, PATIENCE, pay, sell, waitFor } from './support/shop.ts';
import { control, openWorld, type World } from './support/world.ts';

const LIVE_KEY = 'sk_live_ofthewholeshop';

let world: World;

before( async () => {
	world = await openWorld( { env: { STRIPE_SECRET_KEY: LIVE_KEY } } );
	await putIntoProduction( world.site );
	await world.bridges[ 0 ]?.end();
	await world.startBridge();
} );
after( () => world?.stop() );

const rest = ( path: string ) => `/wp-json/smi/v1${ path }`;

/** Everything that costs, moves or asks for money, and every mail. */
async function deeds(): Promise< Record< string, number > > {
	return {
		upscales: await upscales( world ),
		sessions: ( await calls( world, 'stripe', 'POST', '/v1/checkout/sessions' ) ).length,
		refunds: ( await calls( world, 'stripe', 'POST', '/v1/refunds' ) ).length,
		mails: ( await mails( world ) ).length,
	};
}

const codes = async ( owner: Fetch ) =>
	( await json< { notices: { code: string }[] } >( owner( rest( '/jobs/stats' ) ) ) ).notices.map(
		( { code } ) => code
	);

test( 'fault 24: a staging copy with the same keys', async ( t ) => {
	// PHP looks at a changed wp-config.php every two seconds only.
	await until( 'it sells in earnest', PATIENCE, async () => ( await notices( world ) ).length === 0 );
	const done = await sell( world );
	await waitFor( world, done, 'completed' );
	await until( 'the buyer is told', PATIENCE, async () => ( await mails( world ) ).length > 0 );
	// Work of every kind is under way when the copy is made.
	const open = await buy( world );
	world.gates.stripe.before( { method: 'POST', path: '/v1/refunds' }, () => 'cut', 1_000 );
	await ownerDoes( world, done, 'refunds', { amount: '1.00' } );
	await jobUntil( world, done, 'on its way', ( { refunds } ) => refunds[ 0 ]?.status === 'sending' );
	await fault( world, 'upsampler', { method: 'POST', path: '/api/v1/precise-upscale' }, { status: 429 }, 1 );
	const queued = await sell( world );
	await until( 'the upscaler was busy', PATIENCE, async () => ( await job( world, queued ) ).attempts.length === 1 );
	await world.bridges[ 0 ]?.end();
	world.gates.stripe.clear();

	const copy = await cloneSite( world.site );
	const gate = await openGate( () => copy.url );
	const connection = new URL(
		(
			await copy.wp( `
				$key = get_option( \\SellMyImages\\Bridge\\KeyRing::OPTION )[0];
				echo \\SellMyImages\\Plugin::instance()->pairing()->connection_string( $key['id'], $key['secret'] );` )
		).trim()
	);
	connection.port = String( gate.port );
	const before = await deeds();
	const bridge = await startBridgeProcess( {
		connection: connection.href,
		stripe: world.stripe,
		upsampler: world.gates.upsampler.url,
		env: { STRIPE_SECRET_KEY: LIVE_KEY },
	} );
	try {
		await waitUntilReady( bridge );
		await copy.sql(
			'UPDATE wp_smi_commands SET due_at = UTC_TIMESTAMP(), leased_until = NULL WHERE done_at IS NULL;'
		);
		const owner = await ownerOf( copy );
		// A site that holds still is asked every fifteen seconds.
		await beats( gate, 1 );
		await copy.wp( 'do_action( \\SellMyImages\\Upkeep\\Cron::EVENT );' );
		assert.deepEqual( await deeds(), before, 'The copy did something before its owner said what it is.' );
		assert.ok( ( await codes( owner ) ).includes( 'safe_mode' ) );
		const ordered = ( site: string, { small }: World[ 'site' ][ 'pictures' ], post: number ) =>
			fetch( site + rest( '/checkouts' ), {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify( {
					attachment_id: small,
					post_id: post,
					resolution: '4x',
					email: 'staging@example.org',
				} ),
			} );
		assert.equal( ( await ordered( copy.url, world.site.pictures, world.site.post ) ).status, 503 );

		// The original goes on as if nothing had been.
		const seconds = stopwatch();
		await world.startBridge();
		await pay( world, open );
		await Promise.all( [ open, queued ].map( ( sale ) => waitFor( world, sale, 'completed' ) ) );
		await jobUntil( world, done, 'partly refunded', ( { refund_amount } ) => minor( refund_amount ) === 100 );
		healed( t, 'on the copy the notice “safe mode”; on the original nothing', seconds() );

		// Its owner says that it is a copy: it forgets what the original still had to do, and sells for itself.
		await json(
			owner( rest( '/connection/safe-mode' ), { method: 'POST', body: JSON.stringify( { choice: 'copy' } ) } )
		);
		const after = await deeds();
		await beats( gate, 3 );
		await json( owner( rest( `/jobs/${ open.job_id }/refresh` ), { method: 'POST', body: '{}' } ), 202 );
		await beats( gate, 3 );
		const there = await json< JobDetail >( owner( rest( `/jobs/${ open.job_id }` ) ) );
		assert.equal( there.payment_status, 'pending', 'The copy took the original’s money for its own.' );
		assert.deepEqual( { ...( await deeds() ), mails: 0 }, { ...after, mails: 0 } );
		assert.ok( ! ( await codes( owner ) ).includes( 'safe_mode' ) );
		const own = await json< { job_id: string } >(
			ordered( copy.url, world.site.pictures, world.site.post ),
			201
		).catch( async () =>
			json< { job_id: string } >( ordered( copy.url, world.site.pictures, world.site.post ), 202 )
		);
		const detail = await until( 'the copy’s own payment page', PATIENCE, async () => {
			const seen = await json< JobDetail >( owner( rest( `/jobs/${ own.job_id }` ) ) );
			return seen.stripe_checkout_session_id === null ? null : seen;
		} );
		await control( `${ world.stripe }/_emulator/checkout/sessions/${ detail.stripe_checkout_session_id }`, {
			outcome: 'pay',
		} );
		// Stripe's webhooks go to the original's bridge, which leaves them alone.
		await json( owner( rest( `/jobs/${ own.job_id }/refresh` ), { method: 'POST', body: '{}' } ), 202 );
		await until( 'the copy’s own sale', PATIENCE, async () => {
			const seen = await json< JobDetail >( owner( rest( `/jobs/${ own.job_id }` ) ) );
			return seen.status === 'completed';
		} );
		assert.equal(
			( await world.owner( rest( `/jobs/${ own.job_id }` ) ) ).status,
			404,
			'The original took the copy’s sale in.'
		);
		assert.equal( ( await refundsOf( world, done, LIVE_KEY ) ).length, 1 );
		assert.equal( await upscales( world ), 4, 'One each, and the copy’s own.' );
		assert.deepEqual( await notices( world ), [] );
		await assertBooks( world, [ done, open, queued ], null, LIVE_KEY );
		assert.deepEqual( await copy.complaints(), [] );
	} finally {
		await bridge.stop();
		await gate.close();
		await copy.stop();
	}
} );
