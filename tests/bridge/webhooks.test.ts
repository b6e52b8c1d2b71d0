import assert from 'node:assert/strict';
import { createHmac, randomUUID } from 'node:crypto';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Hint } from '../../bridge/src/contracts.generated.ts';
import { Inbox } from '../../bridge/src/sync/inbox.ts';
import { tokenOf, until } from './support/fake-wordpress.ts';
import { formOf, sessionParameters, STRIPE_KEY, WEBHOOK_SECRET, World } from './support/world.ts';

let world: World;

before( async () => {
	world = await World.create( { SMI_METRICS_TOKEN: 'look' } );
	await until( () => world.bridge.identity.hello, 'hello' );
} );
after( () => world.close() );
afterEach( () => {
	world.wordpress.trouble = () => null;
	world.wordpress.judge = () => 'applied';
	world.wordpress.slowMs = 0;
} );

function event(
	more: Record< string, unknown > = {},
	metadata: Record< string, string > = { smi_job: randomUUID(), smi_site: 'site' }
): Record< string, unknown > {
	const object = { id: 'cs_test_1', object: 'checkout.session', payment_intent: 'pi_1', metadata };
	return {
		id: `evt_${ randomUUID() }`,
		object: 'event',
		type: 'checkout.session.completed',
		livemode: false,
		data: { object },
		...more,
	};
}

interface Signing {
	at?: number;
	secret?: string;
	header?: string;
}

function post(
	body: unknown,
	{ at = Math.floor( Date.now() / 1000 ), secret = WEBHOOK_SECRET, header }: Signing = {}
): Promise< Response > {
	const text = typeof body === 'string' ? body : JSON.stringify( body );
	const v1 = createHmac( 'sha256', secret ).update( `${ at }.${ text }` ).digest( 'hex' );
	const headers = { 'content-type': 'application/json', 'stripe-signature': header ?? `t=${ at },v1=${ v1 }` };
	return fetch( `${ world.url }/webhooks/stripe`, { method: 'POST', headers, body: text } );
}

describe( 'POST /webhooks/stripe', () => {
	it( 'hands an event to WordPress, and acknowledges it only after the answer', async () => {
		const given = event();
		let isCommitted = false;
		world.wordpress.trouble = ( _path, body ) => {
			isCommitted = ( body as { hints: unknown[] } ).hints.length > 0;
			return null;
		};
		world.wordpress.judge = ( id ) => ( assert.ok( isCommitted ), id === given[ 'id' ] ? 'applied' : 'retry' );
		const answer = await post( given );
		assert.equal( answer.status, 200 );
		const hint = world.wordpress.hints.find( ( { id } ) => id === given[ 'id' ] );
		const { smi_job } = ( given[ 'data' ] as { object: { metadata: { smi_job: string } } } ).object.metadata;
		assert.deepEqual( hint, {
			provider: 'stripe',
			id: given[ 'id' ],
			type: 'checkout.session.completed',
			livemode: false,
			site: 'site',
			job_id: smi_job,
			payment_intent: 'pi_1',
			session: 'cs_test_1',
		} );
	} );

	for ( const [ verdict, status ] of [
		[ 'applied', 200 ],
		[ 'unchanged', 200 ],
		[ 'rejected', 200 ],
		[ 'retry', 503 ],
	] as const ) {
		it( `answers ${ status } when WordPress says ${ verdict }`, async () => {
			world.wordpress.judge = () => verdict;
			assert.equal( ( await post( event() ) ).status, status );
		} );
	}

	for ( const [ what, answer ] of [
		[ 'a 500', { status: 500, body: { code: 'internal_server_error', message: 'x', data: { status: 500 } } } ],
		[ "a proxy's page with 200", { status: 200, body: '<h1>Checking your browser</h1>' } ],
		[ "a proxy's page with 403", { status: 403, body: '<h1>Forbidden</h1>' } ],
		[
			'a switched-off plugin',
			{ status: 404, body: { code: 'rest_no_route', message: 'x', data: { status: 404 } } },
		],
	] as const ) {
		it( `answers 503 when WordPress answers with ${ what }`, async () => {
			world.wordpress.trouble = () => answer;
			assert.equal( ( await post( event() ) ).status, 503 );
		} );
	}

	it( 'takes fifty of the same event in a few syncs, and all get their answer', async () => {
		world.wordpress.slowMs = 100;
		const countBefore = world.wordpress.syncs.length;
		const given = event();
		const answers = await Promise.all( Array.from( { length: 50 }, () => post( given ) ) );
		assert.ok( answers.every( ( { status } ) => status === 200 ) );
		const all = world.wordpress.syncs.slice( countBefore ).flatMap( ( { hints } ) => hints );
		const sent = all.filter( ( { id } ) => id === given[ 'id' ] );
		assert.ok( sent.length <= 4, `${ sent.length } hints` );
	} );

	it( 'lets hints that come together travel together', async () => {
		world.wordpress.slowMs = 100;
		const countBefore = world.wordpress.syncs.length;
		const answers = await Promise.all( Array.from( { length: 61 }, () => post( event() ) ) );
		assert.ok( answers.every( ( { status } ) => status === 200 ) );
		const carrying = world.wordpress.syncs.slice( countBefore ).filter( ( { hints } ) => hints.length > 0 );
		assert.ok(
			carrying.length <= 4,
			`${ carrying.length } syncs: ${ carrying.map( ( { hints } ) => hints.length ) }`
		);
	} );

	it( 'does not let hints wait behind a slow heartbeat', async () => {
		let isHeld = false;
		world.wordpress.trouble = ( _path, body ) => {
			const isHeartbeat = ( body as { hints: unknown[] } ).hints.length === 0;
			isHeld ||= isHeartbeat;
			return isHeartbeat ? { status: 503, body: 'slow', delayMs: 1_500 } : null;
		};
		world.bridge.wake();
		await until( () => isHeld, 'the heartbeat' );
		const startedAt = performance.now();
		assert.equal( ( await post( event() ) ).status, 200 );
		assert.ok( performance.now() - startedAt < 1_000 );
	} );

	it( 'takes any of several secrets, and a header that several signed', async () => {
		assert.equal( ( await post( event(), { secret: 'whsec_second' } ) ).status, 200 );
		const body = JSON.stringify( event() );
		const at = Math.floor( Date.now() / 1000 );
		const good = createHmac( 'sha256', WEBHOOK_SECRET ).update( `${ at }.${ body }` ).digest( 'hex' );
		assert.equal(
			( await post( body, { header: `t=${ at },v1=${ '0'.repeat( 64 ) },v1=${ good },v0=abc` } ) ).status,
			200
		);
	} );

	const now = Math.floor( Date.now() / 1000 );
	for ( const [ what, signing ] of [
		[ 'another secret', { secret: 'whsec_wrong' } ],
		[ 'an old signature', { at: now - 400 } ],
		[ 'a signature from the future', { at: now + 400 } ],
		[ 'no signature', { header: '' } ],
		[ 'a signature without a time', { header: 'v1=abc' } ],
	] as const ) {
		it( `refuses ${ what }, and WordPress hears nothing of it`, async () => {
			const given = event();
			assert.equal( ( await post( given, signing ) ).status, 400 );
			assert.ok( ! world.wordpress.hints.some( ( { id } ) => id === given[ 'id' ] ) );
		} );
	}

	it( 'takes clocks that are four minutes apart, either way', async () => {
		assert.equal( ( await post( event(), { at: now - 240 } ) ).status, 200 );
		assert.equal( ( await post( event(), { at: now + 240 } ) ).status, 200 );
	} );

	it( 'refuses an altered body', async () => {
		const at = Math.floor( Date.now() / 1000 );
		const signature = createHmac( 'sha256', WEBHOOK_SECRET )
			.update( `${ at }.${ JSON.stringify( event() ) }` )
			.digest( 'hex' );
		assert.equal( ( await post( event(), { header: `t=${ at },v1=${ signature }` } ) ).status, 400 );
	} );

	it( 'refuses more than a megabyte', async () => {
		assert.equal( ( await post( `"${ 'x'.repeat( 1_100_000 ) }"` ) ).status, 413 );
	} );

	it( 'acknowledges what is none of our business without asking WordPress', async () => {
		const countBefore = world.wordpress.hints.length;
		assert.equal( ( await post( event( { type: 'customer.created' } ) ) ).status, 200 );
		assert.equal( ( await post( event( {}, {} ) ) ).status, 200 );
		assert.equal( world.wordpress.hints.length, countBefore );
	} );

	it( 'hints at the intent of refunds and disputes', async () => {
		for ( const [ type, object ] of [
			[ 'refund.updated', 'refund' ],
			[ 'charge.dispute.some_new_state', 'dispute' ],
		] ) {
			const given = event( {
				type,
				data: { object: { id: 'x_1', object, payment_intent: 'pi_9', metadata: {} } },
			} );
			assert.equal( ( await post( given ) ).status, 200 );
			assert.equal( world.wordpress.hints.find( ( { id } ) => id === given[ 'id' ] )?.payment_intent, 'pi_9' );
		}
	} );
} );

describe( 'thin events', () => {
	function thin( type: string, related: { id: string; type: string } ): Record< string, unknown > {
		return {
			id: `evt_thin_${ randomUUID() }`,
			object: 'v2.core.event',
			type,
			livemode: false,
			related_object: { ...related, url: '/' },
			snapshot_event: `evt_${ randomUUID() }`,
		};
	}

	it( 'names the session, under the id of the snapshot twin', async () => {
		const given = thin( 'v1.checkout.session.completed', { id: 'cs_test_7', type: 'checkout.session' } );
		assert.equal( ( await post( given ) ).status, 200 );
		assert.equal(
			world.wordpress.hints.find( ( { id } ) => id === given[ 'snapshot_event' ] )?.session,
			'cs_test_7'
		);
	} );

	it( 'looks up what a refund belongs to; when Stripe is away it answers 503', async () => {
		const job = randomUUID();
		const form = formOf( sessionParameters( job, world.wordpress.site.uuid ) );
		const session = await world.stripeCall( '/v1/checkout/sessions', form );
		await world.control( world.stripeUrl, `/checkout/sessions/${ session.id }`, {
			outcome: 'pay',
			email: 'a@example.org',
		} );
		const headers = { authorization: `Bearer ${ STRIPE_KEY }` };
		const answer = await fetch( `${ world.stripeUrl }/v1/checkout/sessions/${ session.id }`, { headers } );
		const { payment_intent } = ( await answer.json() ) as { payment_intent: string };
		const refund = await world.stripeCall( '/v1/refunds', { payment_intent, amount: '10' } );
		const given = thin( 'v1.refund.created', { id: refund.id, type: 'refund' } );
		await world.control( world.stripeUrl, '/faults', {
			match: { path: '/v1/refunds/' },
			effect: { status: 500 },
			times: 3,
		} );
		assert.equal( ( await post( given ) ).status, 503 );
		assert.equal( ( await post( given ) ).status, 200 );
		assert.equal(
			world.wordpress.hints.find( ( { id } ) => id === given[ 'snapshot_event' ] )?.payment_intent,
			payment_intent
		);
	} );
} );

describe( '/webhooks/upsampler/{token}', () => {
	const hint = ( token: string ) => world.wordpress.hints.find( ( { attempt_token } ) => attempt_token === token );
	const word = () => tokenOf( randomUUID() );
	const said = ( token: string, body: unknown = { id: 'up_1', status: 'SUCCESS' } ) =>
		fetch( `${ world.url }/webhooks/upsampler/${ token }`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: typeof body === 'string' ? body : JSON.stringify( body ),
		} );

	it( 'takes POST and GET as hints that keep the token out of the log', async () => {
		const [ first, second ] = [ word(), word() ];
		const posted = await said( first, { id: 'up_1', status: 'SUCCESS', imageUrl: 'http://evil.test/x.png' } );
		const got = await fetch( `${ world.url }/webhooks/upsampler/${ second }?id=up_2&status=FAILED` );
		assert.deepEqual( [ posted.status, got.status ], [ 200, 200 ] );
		assert.deepEqual(
			[ hint( first )?.provider_id, hint( first )?.provider, hint( first )?.type ],
			[ 'up_1', 'upsampler', 'upscale.success' ]
		);
		assert.deepEqual( [ hint( second )?.provider_id, hint( second )?.type ], [ 'up_2', 'upscale.failed' ] );
		assert.ok( ! hint( first )?.id.includes( first ) );
		assert.ok( ! JSON.stringify( hint( first ) ).includes( 'evil' ) );
	} );

	it( 'says 503 when WordPress is away, and tells it all the same once it is back', async () => {
		const token = word();
		world.wordpress.trouble = () => ( { status: 502, body: 'Bad gateway' } );
		assert.equal( ( await said( token ) ).status, 503 );
		assert.equal( hint( token ), undefined );
		world.wordpress.trouble = () => null;
		await until( () => hint( token ), 'the hint, without another webhook', 5_000 );
	} );

	it( 'has nothing for a token that does not prove itself, and WordPress hears nothing of it', async () => {
		// Heartbeats come and go meanwhile.
		const told = () => world.wordpress.hints.filter( ( { provider } ) => provider === 'upsampler' ).length;
		const before = told();
		const good = word();
		const attempt = randomUUID().replaceAll( '-', '' );
		const forged = [
			'x',
			randomUUID(),
			attempt + 'A'.repeat( 43 ),
			good.slice( 0, -2 ) + 'zz',
			`${ good }A`,
			'%00'.repeat( 25 ),
		];
		for ( const token of forged ) {
			assert.equal( ( await said( token, '{"id":"\\ud83d"}' ) ).status, 404, token );
		}
		await new Promise( ( go ) => setTimeout( go, 100 ) );
		assert.equal( told(), before );
	} );

	it( 'hands on no id that is none, and no half characters', async () => {
		for ( const id of [ '\\ud83d', 'a b', 'x'.repeat( 192 ), { a: 1 }, '' ] ) {
			const token = word();
			assert.equal(
				( await said( token, `{"id":${ JSON.stringify( id ).replace( '\\\\', '\\' ) },"status":"\\ud83d"}` ) )
					.status,
				200
			);
			assert.equal( hint( token )?.provider_id, null );
			assert.equal( hint( token )?.type, 'upscale.' );
		}
	} );
} );

describe( 'payments go first', () => {
	it( 'beside any number of other hints, of which only so many are kept', async () => {
		const inbox = new Inbox();
		const hint = ( id: string ): Hint => ( { id, type: 'x' } );
		const others = Array.from( { length: 500 }, ( _, n ) => inbox.add( hint( `other${ n }` ), 'other' ) );
		await assert.rejects( inbox.add( hint( 'one too many' ), 'other' ), { name: 'InboxFull' } );
		const payment = inbox.add( hint( 'payment' ), 'stripe' );
		const taken = inbox.take( 100, 100 );
		assert.deepEqual( [ taken.length, taken[ 0 ]?.hint.id, inbox.size ], [ 100, 'payment', 401 ] );
		inbox.settle(
			taken,
			taken.map( ( one ) => ( { id: one.hint.id, answer: 'applied' } ) )
		);
		assert.deepEqual( await Promise.all( [ payment, ...others.slice( 0, 99 ) ] ), Array( 100 ).fill( 'applied' ) );
	} );

	it( 'beside a hint that no firewall lets through', async () => {
		const poison = event();
		world.wordpress.trouble = ( _path, body ) =>
			body.hints.some( ( { id } ) => id === poison[ 'id' ] ) ? { status: 403, body: '<h1>Blocked</h1>' } : null;
		assert.equal( ( await post( poison ) ).status, 503 );
		const answers: number[] = [];
		for ( let n = 0; n < 4; n++ ) {
			answers.push( ( await post( event() ) ).status );
		}
		assert.ok(
			answers.slice( -2 ).every( ( status ) => status === 200 ),
			answers.join()
		);
	} );

	it( 'and carry nothing but hints, so that a lost answer costs nothing', async () => {
		assert.equal( ( await post( event() ) ).status, 200 );
		const carrying = world.wordpress.syncs.filter( ( { hints } ) => hints.length > 0 );
		assert.ok( carrying.length > 0 );
		for ( const { want, reports } of carrying ) {
			assert.deepEqual( [ want, reports ], [ { submit: 0, other: 0 }, [] ] );
		}
	} );
} );

describe( 'health', () => {
	it( 'is alive, ready, and shows numbers to the holder of the token', async () => {
		assert.equal( ( await fetch( `${ world.url }/healthz` ) ).status, 200 );
		assert.equal( ( await fetch( `${ world.url }/readyz` ) ).status, 200 );
		assert.equal( ( await fetch( `${ world.url }/metrics` ) ).status, 401 );
		assert.equal(
			( await fetch( `${ world.url }/metrics`, { headers: { authorization: 'Bearer wrong' } } ) ).status,
			401
		);
		const metrics = await (
			await fetch( `${ world.url }/metrics`, { headers: { authorization: 'Bearer look' } } )
		).text();
		assert.match( metrics, /smi_webhook_ack_seconds_count\{provider="stripe",status="200"\} \d+/ );
		assert.match( metrics, /smi_syncs_total\{result="ok"\}/ );
	} );

	it( 'has no route for Stripe without a secret to know it by', async () => {
		const other = await World.create( { STRIPE_WEBHOOK_SECRET: '' } );
		try {
			const answer = await fetch( `${ other.url }/webhooks/stripe`, { method: 'POST', body: '{}' } );
			assert.equal( answer.status, 404 );
			assert.equal( other.wordpress.hints.length, 0 );
		} finally {
			await other.close();
		}
	} );

	it( 'waits for no request for ever, and for none that is no HTTP', async () => {
		assert.equal( world.bridge.app.server.requestTimeout, 30_000 );
		const body = 'x'.repeat( 70_000 );
		const answer = await fetch( `${ world.url }/webhooks/upsampler/${ 't'.repeat( 20 ) }`, {
			method: 'POST',
			body,
		} );
		assert.equal( answer.status, 413 );
	} );

	it( 'answers in one envelope where there is nothing', async () => {
		const answer = await fetch( `${ world.url }/nothing` );
		assert.equal( answer.status, 404 );
		assert.equal( ( ( await answer.json() ) as { code: string } ).code, 'smi_bridge_not_found' );
	} );
} );

it( 'every message to WordPress was signed as an independent reader expects', () =>
	assert.deepEqual( world.wordpress.faults, [] ) );
