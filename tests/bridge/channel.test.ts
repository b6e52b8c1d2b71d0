import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { clockSkew } from '../../bridge/src/wordpress/clock-skew.ts';
import type { Context } from '../../bridge/src/commands/context.ts';
import { Lease } from '../../bridge/src/protocol/lease.ts';
import { refreshAttempt } from '../../bridge/src/commands/refresh-attempt.ts';
import { Fetcher } from '../../bridge/src/results/fetcher.ts';
import { Slots } from '../../bridge/src/sync/classes.ts';
import { Inbox } from '../../bridge/src/sync/inbox.ts';
import { SyncLoop } from '../../bridge/src/sync/loop.ts';
import { Outbox } from '../../bridge/src/sync/outbox.ts';
import { Worker } from '../../bridge/src/sync/worker.ts';
import type { Report } from '../../bridge/src/contracts.generated.ts';
import { sign } from './support/check-signature.ts';
import { FakeWordPress, KEY_ID, SECRET, until } from './support/fake-wordpress.ts';
import { leased, sessionParameters, World } from './support/world.ts';

let world: World;
beforeEach( async () => {
	world = await World.create( { BRIDGE_PUBLIC_URL: 'http://127.0.0.1:1' } );
} );
afterEach( () => world.close() );

const ready = () => until( () => world.wordpress.syncs.length > 0, 'the first sync' );

function openOf( job = randomUUID() ) {
	return leased( 'open_checkout', {
		job_id: job,
		idempotency_key: job,
		session: sessionParameters( job, world.wordpress.site.uuid ),
	} );
}

async function push(
	body: unknown,
	more: { secret?: string; created?: number; headers?: Record< string, string > } = {}
): Promise< Response > {
	const bytes = Buffer.from( body === '' ? '' : JSON.stringify( body ) );
	const headers =
		more.headers ??
		sign( { method: 'POST', route: '/commands', body: bytes }, KEY_ID, more.secret ?? SECRET, more.created );
	return fetch( `${ world.url }/commands`, {
		method: 'POST',
		headers: { ...headers, 'content-type': 'application/json' },
		body: bytes,
	} );
}

describe( 'hello', () => {
	it( 'says who we are, is repeated until it is answered, and only then we are ready', async () => {
		await world.bridge.stop();
		const bodies: Record< string, unknown >[] = [];
		world.wordpress.trouble = ( path, body ) => {
			bodies.push( body );
			return path.endsWith( '/hello' ) && bodies.length < 3
				? { status: 500, body: '<h1>There has been a critical error</h1>' }
				: null;
		};
		await world.startBridge();
		assert.equal( ( await fetch( `${ world.url }/readyz` ) ).status, 503 );
		await until( () => world.bridge.lastSync.at, 'the first sync after hello' );
		assert.equal( ( await fetch( `${ world.url }/readyz` ) ).status, 200 );
		const { time, ...rest } = bodies[ 0 ] as { time: string };
		assert.ok( Math.abs( Date.parse( time ) - Date.now() ) < 10_000 );
		assert.deepEqual( rest, {
			version: '0.1.0',
			protocol: 1,
			public_url: null,
			livemode: false,
			stripe_account: 'acct_emulator00000000',
			can_push: false,
		} );
	} );

	it( 'does not hammer a site that speaks another protocol', async () => {
		await world.bridge.stop();
		const before = world.wordpress.hellos;
		let asked = 0;
		world.wordpress.trouble = () => (
			asked++,
			{
				status: 426,
				body: { code: 'smi_channel_protocol_mismatch', message: 'Update the bridge.', data: { status: 426 } },
			}
		 );
		await world.startBridge();
		await new Promise( ( go ) => setTimeout( go, 700 ) );
		assert.deepEqual( [ asked, world.wordpress.hellos ], [ 1, before ] );
	} );

	it( 'tells both clocks in words when the site finds a signature too old', () => {
		const words = clockSkew( 401, { time: '2026-01-01T00:10:00Z' }, new Date( '2026-01-01T00:00:00Z' ) );
		assert.match( words, /2026-01-01T00:00:00.000Z.*2026-01-01T00:10:00.000Z.*600 seconds behind/ );
		assert.equal( clockSkew( 401, {} ), '' );
		assert.equal( clockSkew( 403, { time: '2026-01-01T00:10:00Z' } ), '' );
	} );
} );

describe( 'sync', () => {
	it( 'asks for no more than can be done', async () => {
		await ready();
		const all = { submit: 4, other: 20, money: 10, deliver: 2, poll: 6, reconcile: 2 };
		assert.deepEqual( world.wordpress.syncs[ 0 ]?.want, all );
		assert.equal( world.wordpress.syncs[ 0 ]?.protocol, 1 );
		assert.deepEqual( world.wordpress.syncs[ 0 ]?.site, world.wordpress.site );
		await world.control( world.stripeUrl, '/faults', {
			match: { path: '/v1/' },
			effect: { delay_ms: 600 },
			times: 100,
		} );
		world.wordpress.commands.push(
			...Array.from( { length: 15 }, () => leased( 'resolve', { payment_intent: 'pi_none', session: null } ) )
		);
		world.bridge.wake();
		await until( () => world.wordpress.commands.length === 5, 'ten claims' );
		world.bridge.wake();
		await until( () => world.wordpress.syncs.at( -1 )?.want.money === 0, 'a sync without wants' );
		assert.equal( world.wordpress.commands.length, 5 );
		await until( () => world.wordpress.reports.length === 15, 'all reports', 15_000 );
	} );

	it( 'comes again when it was told to', async () => {
		world.wordpress.nextInMs = 50;
		world.bridge.wake();
		const before = world.wordpress.syncs.length;
		await until( () => world.wordpress.syncs.length > before + 4, 'more syncs', 3_000 );
	} );

	it( 'brings a finished report at once', async () => {
		await ready();
		const command = openOf();
		const startedAt = performance.now();
		world.give( command );
		await world.wordpress.reportOf( command );
		assert.ok( performance.now() - startedAt < 2_000 );
	} );

	it( 'keeps reports while the site is away, and delivers them after', async () => {
		await ready();
		const command = openOf();
		let away = 0;
		world.wordpress.trouble = ( path, body ) =>
			path.endsWith( '/sync' ) && body.reports.length > 0 && away++ < 2
				? { status: 502, body: 'Bad gateway' }
				: null;
		world.give( command );
		assert.equal( ( await world.wordpress.reportOf( command ) ).outcome, 'ok' );
		assert.equal( away, 3 );
	} );

	it( "never takes another server's words for the site's", async () => {
		await ready();
		const command = openOf();
		let away = 0;
		world.wordpress.trouble = ( path, body ) =>
			path.endsWith( '/sync' ) && body.reports.length > 0 && away++ < 1
				? { status: 200, body: { ok: true } }
				: null;
		world.give( command );
		await world.wordpress.reportOf( command );
		assert.equal( away, 2 );
	} );

	it( 'lets one bad report go, and delivers its neighbours', async () => {
		await ready();
		const commands = Array.from( { length: 6 }, () =>
			leased( 'resolve', { payment_intent: 'pi_none', session: null } )
		);
		const bad = commands[ 3 ]?.uuid;
		world.wordpress.trouble = ( path, body ) =>
			path.endsWith( '/sync' ) && body.reports.some( ( report ) => report.command === bad )
				? { status: 400, body: { code: 'rest_invalid_param', message: 'Bad report.', data: { status: 400 } } }
				: null;
		world.wordpress.commands.push( ...commands );
		world.bridge.wake();
		await until( () => world.wordpress.reports.length === 5, 'five reports' );
		assert.ok( ! world.wordpress.reports.some( ( report ) => report.command === bad ) );
	} );

	it( 'speaks to an older plugin in the words that it knows', async () => {
		await ready();
		world.wordpress.trouble = ( path, body ) => {
			const { protocol, providers, running, want } = body as { want?: object } & typeof body;
			const isKnown =
				! protocol && ! providers && ! running && Object.keys( want ?? {} ).join() === 'submit,other';
			const message = 'Invalid parameter(s): want';
			return isKnown || ! path.endsWith( '/sync' )
				? null
				: { status: 400, body: { code: 'rest_invalid_param', message, data: { status: 400 } } };
		};
		const before = world.wordpress.syncs.length;
		const command = openOf();
		world.give( command );
		assert.equal( ( await world.wordpress.reportOf( command ) ).outcome, 'ok' );
		assert.deepEqual( world.wordpress.syncs[ before ]?.want, { submit: 4, other: 20 } );
	} );

	it( 'goes on claiming beside a report that no firewall lets through, and loses only that', async () => {
		await ready();
		const commands = Array.from( { length: 6 }, () =>
			leased( 'resolve', { payment_intent: 'pi_none', session: null } )
		);
		const bad = commands[ 3 ]?.uuid;
		world.wordpress.trouble = ( path, body ) =>
			path.endsWith( '/sync' ) && body.reports.some( ( report ) => report.command === bad )
				? { status: 403, body: '<h1>Blocked by your firewall</h1>' }
				: null;
		world.wordpress.commands.push( ...commands );
		world.bridge.wake();
		await until( () => world.wordpress.reports.length === 5, 'five reports', 20_000 );
		const later = openOf();
		world.give( later );
		assert.equal( ( await world.wordpress.reportOf( later ) ).outcome, 'ok' );
		assert.ok( ! world.wordpress.reports.some( ( report ) => report.command === bad ) );
	} );

	it( 'says hello once, however many answers show that the site changed, and as long as it is refused', async () => {
		await ready();
		let hellos = 0;
		world.wordpress.trouble = ( path ) =>
			path.endsWith( '/hello' ) ? ( hellos++, { status: 403, body: 'Forbidden', delayMs: 50 } ) : null;
		world.wordpress.site.uuid = randomUUID();
		world.wordpress.nextInMs = 20;
		world.bridge.wake();
		await until( () => world.wordpress.syncs.length > 40, 'many answers' );
		assert.ok( hellos <= 4, `${ hellos } hellos` );
	} );

	it( 'says hello again to a site that speaks another protocol by now', async () => {
		await ready();
		const before = world.wordpress.hellos;
		let isRefused = false;
		world.wordpress.trouble = ( path ) => {
			if ( isRefused || ! path.endsWith( '/sync' ) ) {
				return null;
			}
			isRefused = true;
			const body = {
				code: 'smi_channel_protocol_mismatch',
				message: 'Update the bridge.',
				data: { status: 426 },
			};
			return { status: 426, body };
		};
		world.bridge.wake();
		await until( () => world.wordpress.hellos > before, 'another hello' );
	} );

	it( 'says hello again to a site with a new identity', async () => {
		await ready();
		const before = world.wordpress.hellos;
		world.wordpress.site.uuid = randomUUID();
		world.bridge.wake();
		await until( () => world.wordpress.hellos > before, 'another hello' );
		await until( () => world.bridge.identity.site?.uuid === world.wordpress.site.uuid, 'the new identity' );
	} );
} );

describe( 'leases', () => {
	it( 'let nothing begin in their last 30 seconds', () => {
		const begun = ( ago: number ) => new Lease( performance.now() - ago, 180_000 ).assertCanStart();
		begun( 149_000 );
		assert.throws( () => begun( 151_000 ), { name: 'LeaseEnding' } );
	} );

	it( 'are renewed from the moment of asking, and never cut short', () => {
		const lease = new Lease( performance.now() - 100_000, 180_000 );
		lease.renew( performance.now() - 10_000 );
		assert.ok( Math.abs( lease.leftMs - 140_000 ) < 1_000 );
		lease.renew( performance.now() - 150_000 );
		assert.ok( lease.leftMs > 139_000 );
	} );

	it( 'that ended on the way start nothing at Stripe', async () => {
		await ready();
		const command = { ...openOf(), lease_ms: 0 };
		world.give( command );
		const report = await world.wordpress.reportOf( command );
		assert.deepEqual( [ report.outcome, report.error?.code ], [ 'retry', 'lease_ending' ] );
		assert.deepEqual( await world.calls( world.stripeUrl ), [] );
	} );
} );

describe( 'long work', () => {
	const local = () =>
		leased( 'refresh_attempt', {
			job_id: randomUUID(),
			attempt: randomUUID(),
			provider: 'local',
			provider_id: null,
			source_url: `${ world.wordpress.url }/wp-content/slow.jpg`,
			width: 10,
			height: 10,
			mime: 'image/jpeg',
			is_ready: true,
		} );

	it( 'runs once: a newer lease ends the older run', async () => {
		await ready();
		world.wordpress.holdFiles();
		const command = local();
		world.give( command );
		await until( () => world.wordpress.held === 1, 'the picture asked for' );
		const again = { ...command, lease_no: 2 };
		world.give( again );
		const first = await until(
			() => world.wordpress.reports.find( ( { lease_no } ) => lease_no === 1 ),
			'the end of the older run'
		);
		assert.deepEqual( [ first.outcome, first.error?.code ], [ 'retry', 'lease_ending' ] );
		world.give( { ...command, lease_no: 2 } );
		await until( () => world.wordpress.commands.length === 0, 'the claim' );
		await new Promise( ( go ) => setTimeout( go, 200 ) );
		assert.equal( world.wordpress.held, 2 );
	} );

	it( 'goes on under a renewed lease, and ends where the site gave the command to somebody else', async () => {
		const outbox = new Outbox();
		const fetcher = new Fetcher( new Set( [ world.wordpress.url ] ) );
		const { log, metrics, health } = world.bridge;
		const worker = new Worker( { fetcher, log, health } as unknown as Context, outbox, metrics );
		world.wordpress.holdFiles();
		const [ kept, lost ] = [ local(), local() ];
		worker.start( kept, performance.now() );
		worker.start( lost, performance.now() );
		await until( () => world.wordpress.held === 2, 'both pictures asked for' );
		const running = [ kept, lost ].map( ( { uuid } ) => ( { command: uuid, lease_no: 1 } ) );
		worker.renew( running, [ kept.uuid ], performance.now() );
		await until( () => outbox.size === 1, 'the end of what was taken away' );
		assert.deepEqual(
			outbox.take( 2 ).map( ( { command } ) => command ),
			[ lost.uuid ]
		);
		assert.ok( worker.isAtLongWork );
		worker.stop();
		await worker.idle();
		assert.equal( outbox.take( 1 )[ 0 ]?.error?.code, 'stopping' );
	} );

	for ( const [ site, renewed, asked ] of [
		[ 'is kept up where the site knows of renewing', [ 'a' ], [ [ 'a' ] ] ],
		[ 'is left alone where the site does not', undefined, [] ],
	] as const ) {
		it( site, async () => {
			const told: unknown[] = [];
			const worker = {
				slots: new Slots(),
				isAtLongWork: true,
				long: () => [ { command: 'a', lease_no: 1 } ],
				renew: ( _running: unknown, uuids: string[] ) => told.push( uuids ),
				stop: () => {},
				idle: async () => {},
			};
			let syncs = 0;
			const answer = {
				answers: [],
				commands: [],
				next_in_ms: 60_000,
				time: '',
				...( renewed ? { renewed: [ ...renewed ] } : {} ),
			};
			const loop = new SyncLoop( {
				identity: world.bridge.identity,
				metrics: world.bridge.metrics,
				log: world.bridge.log,
				wordpress: { sync: async () => ( syncs++, answer ) },
				inbox: new Inbox(),
				outbox: new Outbox(),
				health: { forSync: () => undefined },
				worker: worker as unknown as Worker,
				onAnswer: () => {},
				onMismatch: () => {},
			} );
			loop.start();
			await until( () => syncs > 0, 'a sync' );
			await loop.stop( 1_000 );
			assert.deepEqual( told, asked );
		} );
	}

	it( 'waits at the site for room when its picture is made and others are being fetched', async () => {
		await ready();
		world.wordpress.holdFiles();
		world.wordpress.commands.push( local(), local() );
		world.bridge.wake();
		await until( () => world.wordpress.held === 2, 'all room taken' );
		const addresses = [ `${ world.wordpress.url }/wp-content/made.png` ];
		const upscaler = { look: async () => ( { state: 'made', credits: 1, addresses } ) };
		const { payload, ...command } = local();
		const made = {
			...command,
			payload: { ...payload, provider: 'upsampler' as const, provider_id: 'u', is_ready: false },
		};
		const lease = new Lease( performance.now(), 180_000 );
		const result = await refreshAttempt( made, { upscaler } as unknown as Context, lease );
		assert.deepEqual( [ result?.outcome, result?.error?.code ], [ 'retry', 'ready' ] );
		assert.equal( world.wordpress.held, 2 );
	} );

	it( 'is given back when the bridge stops, at once', async () => {
		await ready();
		world.wordpress.holdFiles();
		const command = local();
		world.give( command );
		await until( () => world.wordpress.held === 1, 'the picture asked for' );
		const startedAt = performance.now();
		await world.bridge.stop();
		assert.ok( performance.now() - startedAt < 2_000 );
		const report = await world.wordpress.reportOf( command, 100 );
		assert.deepEqual( [ report.outcome, report.error?.code ], [ 'retry', 'stopping' ] );
	} );
} );

describe( 'POST /commands', () => {
	it( 'carries out what is pushed and answers with its report', async () => {
		await ready();
		const command = openOf();
		const answer = await push( { site: world.wordpress.site, command } );
		assert.equal( answer.status, 200 );
		const report = ( await answer.json() ) as Report;
		assert.deepEqual( [ report.command, report.lease_no, report.outcome ], [ command.uuid, 1, 'ok' ] );
		assert.match( report.provider_ids?.[ 'session_url' ] ?? '', /^http/ );
	} );

	it( 'syncs at once after a nudge', async () => {
		await ready();
		const before = world.wordpress.syncs.length;
		assert.equal( ( await push( '' ) ).status, 202 );
		await until( () => world.wordpress.syncs.length > before, 'a sync' );
	} );

	it( 'does nothing for what is not signed by the site, now', async () => {
		await ready();
		const body = { site: world.wordpress.site, command: openOf() };
		const now = Math.floor( Date.now() / 1000 );
		for ( const more of [ { headers: {} }, { secret: 'wrong' }, { created: now - 400 }, { created: now + 400 } ] ) {
			assert.equal( ( await push( body, more ) ).status, 401 );
		}
		assert.equal( ( await push( '', { headers: {} } ) ).status, 401 );
		assert.deepEqual( await world.calls( world.stripeUrl ), [] );
	} );

	it( 'does nothing for a copy of the site, nor for other kinds', async () => {
		await ready();
		const { site } = world.wordpress;
		assert.equal(
			( await push( { site: { ...site, home_hash: '0'.repeat( 64 ) }, command: openOf() } ) ).status,
			409
		);
		assert.equal(
			( await push( { site, command: leased( 'resolve', { payment_intent: 'pi_1', session: null } ) } ) ).status,
			400
		);
		assert.deepEqual( await world.calls( world.stripeUrl ), [] );
	} );

	it( 'answers within five seconds, and brings a late report by sync', async () => {
		await ready();
		await world.control( world.stripeUrl, '/faults', {
			match: { path: '/v1/' },
			effect: { delay_ms: 5_200 },
			times: 1,
		} );
		const command = openOf();
		const startedAt = performance.now();
		assert.equal( ( await push( { site: world.wordpress.site, command } ) ).status, 504 );
		assert.ok( performance.now() - startedAt < 5_000 );
		assert.equal( ( await world.wordpress.reportOf( command ) ).outcome, 'ok' );
	} );
} );

describe( 'stopping', () => {
	/** What a sync brought is being carried out. */
	const running = async () => {
		while ( ( await world.bridge.metrics.running.get() ).values[ 0 ]?.value !== 1 ) {
			await new Promise( ( go ) => setTimeout( go, 5 ) );
		}
	};

	it( 'claims nothing more, ends what runs and brings its report', async () => {
		await ready();
		await world.control( world.stripeUrl, '/faults', {
			match: { path: '/v1/' },
			effect: { delay_ms: 400 },
			times: 1,
		} );
		const command = openOf();
		world.give( command );
		await until( () => world.wordpress.commands.length === 0, 'the claim' );
		await running();
		world.wordpress.commands.push( openOf() );
		await world.bridge.stop();
		assert.equal( ( await world.wordpress.reportOf( command, 100 ) ).outcome, 'ok' );
		assert.equal( world.wordpress.commands.length, 1 );
		await assert.rejects( fetch( `${ world.url }/healthz` ) );
	} );

	it( 'gives back what a heartbeat under way brings, and begins nothing of it', async () => {
		await ready();
		world.wordpress.slowMs = 600;
		world.bridge.wake();
		await until( () => world.wordpress.isBusy, 'a heartbeat under way' );
		const command = openOf();
		world.wordpress.commands.push( command );
		await world.bridge.stop();
		const report = await world.wordpress.reportOf( command, 100 );
		assert.deepEqual( [ report.outcome, report.error?.code ], [ 'retry', 'stopping' ] );
		assert.deepEqual( await world.calls( world.stripeUrl ), [] );
	} );

	it( 'ends in time, whatever hangs', async () => {
		await ready();
		await world.control( world.stripeUrl, '/faults', {
			match: { path: '/v1/' },
			effect: { delay_ms: 15_000 },
			times: 1,
		} );
		world.give( openOf() );
		await until( () => world.wordpress.commands.length === 0, 'the claim' );
		const startedAt = performance.now();
		await world.bridge.stop( 1_000 );
		assert.ok( performance.now() - startedAt < 2_500 );
	} );

	it( 'tries again to bring what was begun, as long as there is time', async () => {
		await ready();
		let isAway = true;
		let tries = 0;
		world.wordpress.trouble = ( path, body ) =>
			isAway && path.endsWith( '/sync' ) && body.reports.length > 0
				? ( tries++, { status: 502, body: 'Bad gateway' } )
				: null;
		const command = openOf();
		world.give( command );
		await until( () => tries > 0, 'a report that did not come through' );
		setTimeout( () => ( isAway = false ), 700 );
		await world.bridge.stop( 5_000 );
		assert.equal( ( await world.wordpress.reportOf( command, 100 ) ).outcome, 'ok' );
	} );

	it( 'does not wait for a site that hangs before its hello', async () => {
		await world.bridge.stop();
		let isAsked = false;
		world.wordpress.trouble = () => ( ( isAsked = true ), { status: 500, body: '', delayMs: 6_000 } );
		await world.startBridge();
		await until( () => isAsked, 'the hello' );
		const startedAt = performance.now();
		await world.bridge.stop( 2_000 );
		assert.ok( performance.now() - startedAt < 3_500 );
		world.wordpress.trouble = () => null;
	} );

	it( 'works while the site was never reached', async () => {
		await world.bridge.stop();
		const dead = await new FakeWordPress().listen();
		await dead.close();
		await world.startBridge( { SMI_SITE: dead.connectionString } );
		const startedAt = performance.now();
		await world.bridge.stop();
		assert.ok( performance.now() - startedAt < 2_000 );
	} );
} );
