import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createAgent, MOST_ANSWER_BYTES } from '../../bridge/src/outbound/agent.ts';
import { Bucket } from '../../bridge/src/outbound/bucket.ts';
import { NoAnswerError, NotSentError } from '../../bridge/src/outbound/call.ts';
import { Outlet, type OutletOptions } from '../../bridge/src/outbound/outlet.ts';
import { Metrics } from '../../bridge/src/metrics.ts';
import { watchCalls, type Call } from '../../bridge/src/outbound/watch.ts';
import { beginningOf, plainAddress } from '../../bridge/src/outbound/words.ts';
import { createStripe } from '../../bridge/src/stripe/client.ts';
import { Fetcher } from '../../bridge/src/results/fetcher.ts';
import { Upsampler } from '../../bridge/src/upsampler/client.ts';
import { VERSION } from '../../bridge/src/version.ts';
import { WordPress } from '../../bridge/src/wordpress/client.ts';

type Answer = ( request: IncomingMessage, response: ServerResponse ) => void;

let server: Server;
let url: string;
let seen: { method: string; path: string; agent: string | undefined }[] = [];
let answer: Answer;

const json =
	( status: number, body: unknown, headers: Record< string, string > = {} ): Answer =>
	( _request, response ) =>
		void response
			.writeHead( status, { 'content-type': 'application/json', ...headers } )
			.end( JSON.stringify( body ) );

before( async () => {
	server = createServer( ( request, response ) => {
		const { 'user-agent': agent } = request.headers;
		seen.push( { method: request.method ?? '', path: request.url ?? '', agent } );
		// As a firewall does that takes requests without a name for robots'.
		agent === undefined ? response.writeHead( 403 ).end( '<h1>Forbidden</h1>' ) : answer( request, response );
	} );
	await new Promise< void >( ( go ) => server.listen( 0, '127.0.0.1', go ) );
	url = `http://127.0.0.1:${ ( server.address() as AddressInfo ).port }`;
} );
after( () => {
	server.closeAllConnections();
	server.close();
} );
beforeEach( () => {
	seen = [];
	answer = json( 200, {} );
} );

const upsampler = () => new Upsampler( { upsamplerKey: 'key', upsamplerApiBase: `${ url }/api/v1` } );
const stripe = () => createStripe( { stripeKey: 'sk_test_key', stripeApiBase: url } );
const input = { imageUrl: 'https://example.org/a.jpg', inputImageType: 'realism' as const, upscaleFactor: 2 };

describe( 'the name of who asks', () => {
	const name = new RegExp( `SellMyImages-Bridge/${ VERSION } \\(\\+?https://\\S+\\)` );

	const asked: Record< string, () => Promise< unknown > > = {
		'the site': async () => {
			answer = json( 200, {} );
			const site = { keyId: 'k', secret: 's', origin: url, folder: '/', rest: '/wp-json/' };
			await new WordPress( { site: site as never, siteBasicAuth: null, secrets: [] } ).paymentCompleted( 'job', {} as never );
		},
		Upsampler: async () => {
			assert.equal( ( await upsampler().status( 'a' ) ).status, 200 );
			assert.equal( ( await upsampler().submit( input, null ) ).status, 200 );
		},
		Stripe: async () => {
			answer = json( 200, { object: 'list', data: [], has_more: false } );
			await stripe().refunds.list( { limit: 1 } );
		},
		'the place of a result, and where that leads': async () => {
			answer = ( request, response ) =>
				request.url === '/b.png'
					? void response.end( 'picture' )
					: void response.writeHead( 302, { location: '/b.png' } ).end();
			const file = join( tmpdir(), `smi-test-${ process.pid }` );
			await new Fetcher( new Set( [ url ] ) ).save( `${ url }/a.png`, file, AbortSignal.timeout( 5_000 ) );
			assert.equal( seen.length, 2 );
		},
	};
	for ( const [ whom, ask ] of Object.entries( asked ) ) {
		it( `is told to ${ whom }`, async () => {
			await ask();
			assert.notEqual( seen.length, 0 );
			seen.forEach( ( { agent } ) => assert.match( agent ?? '', name ) );
		} );
	}
} );

describe( 'a bucket', () => {
	it( 'lets a burst go, then one after another', () => {
		let now = 0;
		const bucket = new Bucket( { perSecond: 10, burst: 3 }, () => now );
		assert.deepEqual(
			[ 1, 2, 3, 4, 5 ].map( () => bucket.take( 1_000 ) ),
			[ 0, 0, 0, 100, 200 ]
		);
		now = 1_000;
		assert.deepEqual(
			[ 1, 2, 3, 4 ].map( () => bucket.take( 1_000 ) ),
			[ 0, 0, 0, 100 ]
		);
	} );

	it( 'never lets more go in a second than the burst and the rate together', () => {
		let now = 0;
		const bucket = new Bucket( { perSecond: 20, burst: 5 }, () => now );
		const went: number[] = [];
		for ( ; now < 5_000; now += 7 ) {
			const wait = bucket.take( 0 );
			if ( wait !== null ) {
				went.push( now );
			}
		}
		const most = Math.max(
			...went.map( ( at ) => went.filter( ( one ) => one >= at && one < at + 1_000 ).length )
		);
		assert.ok( most <= 25 && most > 20, String( most ) );
	} );

	it( 'gives no place to who would wait too long, and takes none from the others', () => {
		const bucket = new Bucket( { perSecond: 1, burst: 1 }, () => 0 );
		assert.deepEqual( [ bucket.take( 0 ), bucket.take( 999 ), bucket.take( 1_000 ) ], [ 0, null, 1_000 ] );
	} );

	it( 'holds all while the other end wants it, and lets them go one after another then', () => {
		const bucket = new Bucket( { perSecond: 10, burst: 1 }, () => 0 );
		bucket.hold( 2_000 );
		assert.deepEqual(
			[ bucket.take( 1_999 ), bucket.take( 5_000 ), bucket.take( 5_000 ) ],
			[ null, 2_000, 2_100 ]
		);
	} );
} );

describe( 'the way to a provider', () => {
	const agent = createAgent();
	let calls: Call[] = [];
	const outlet = ( more: Partial< OutletOptions > = {} ) => {
		calls = [];
		const rate = { perSecond: 1_000, burst: 100 };
		return new Outlet( { agent, provider: 'them', rate, watch: ( call ) => calls.push( call ), ...more } );
	};
	/** Answers with each of these in turn, then with 200. */
	const inTurn = ( ...answers: Answer[] ) => {
		answer = ( request, response ) => ( answers.shift() ?? json( 200, { fine: true } ) )( request, response );
	};
	const drop: Answer = ( request ) => void request.socket.destroy();

	for ( const [ what, trouble ] of Object.entries( {
		'a 500': json( 500, {} ),
		'a 503': json( 503, {} ),
		'a 429': json( 429, {}, { 'retry-after': '0' } ),
		'a connection that breaks': drop,
	} ) ) {
		it( `asks again after ${ what }`, async () => {
			inTurn( trouble );
			assert.equal( ( await outlet().send( `${ url }/a`, { method: 'GET' } ) ).status, 200 );
			assert.equal( seen.length, 2 );
		} );
	}

	it( 'asks three times at most, and then says what it heard', async () => {
		inTurn( json( 500, {} ), json( 502, {} ), json( 503, {} ) );
		assert.equal( ( await outlet().send( `${ url }/a`, { method: 'GET' } ) ).status, 503 );
		inTurn( drop, drop, drop );
		await assert.rejects( outlet().send( `${ url }/a`, { method: 'GET' } ), NoAnswerError );
		assert.equal( seen.length, 6 );
	} );

	for ( const [ what, trouble ] of Object.entries( {
		'a 500': json( 500, {} ),
		'a 429': json( 429, {} ),
		silence: drop,
	} ) ) {
		it( `sends what changes something once, whatever comes of it: ${ what }`, async () => {
			inTurn( trouble );
			await outlet()
				.send( `${ url }/a`, { method: 'POST', body: '{}' } )
				.catch( ( error ) => assert.ok( error instanceof NoAnswerError ) );
			assert.equal( seen.length, 1 );
		} );
	}

	it( 'takes other answers as they are', async () => {
		for ( const status of [ 400, 401, 402, 403, 404, 409 ] ) {
			inTurn( json( status, {} ) );
			assert.equal( ( await outlet().send( `${ url }/a`, { method: 'GET' } ) ).status, status );
		}
		assert.equal( seen.length, 6 );
	} );

	it( 'waits as long as Retry-After says, and lets nobody else go meanwhile', async () => {
		inTurn( json( 429, {}, { 'retry-after': '1' } ) );
		const way = outlet();
		const startedAt = performance.now();
		const first = way.send( `${ url }/a`, { method: 'GET' } );
		await new Promise( ( go ) => setTimeout( go, 200 ) );
		const second = way.send( `${ url }/b`, { method: 'GET' } ).then( () => performance.now() - startedAt );
		assert.equal( ( await first ).status, 200 );
		assert.ok( performance.now() - startedAt >= 990 );
		assert.ok( ( await second ) >= 990, String( await second ) );
	} );

	it( 'gives the refusal back where there is no time to wait', async () => {
		inTurn( json( 429, {}, { 'retry-after': '30' } ) );
		const answered = await outlet().send( `${ url }/a`, { method: 'GET', timeoutMs: 2_000 } );
		assert.deepEqual( [ answered.status, answered.headers[ 'retry-after' ], seen.length ], [ 429, '30', 1 ] );
	} );

	it( 'knows that nothing was sent where there was no place, or too many were under way', async () => {
		inTurn( json( 429, {}, { 'retry-after': '30' } ) );
		const way = outlet();
		await way.send( `${ url }/a`, { method: 'POST', body: '' } );
		await assert.rejects( way.send( `${ url }/a`, { method: 'POST', body: '' } ), NotSentError );
		assert.equal( seen.length, 1 );
		answer = ( _request, response ) => void setTimeout( () => response.end( '{}' ), 100 );
		const narrow = outlet( { atOnce: 2 } );
		const sent = await Promise.allSettled(
			[ 1, 2, 3 ].map( () => narrow.send( `${ url }/a`, { method: 'POST', body: '' } ) )
		);
		assert.deepEqual(
			sent.map( ( { status } ) => status ),
			[ 'fulfilled', 'fulfilled', 'rejected' ]
		);
	} );

	it( 'gives up in time, trying again included', async () => {
		inTurn( json( 500, {} ), () => {} );
		const startedAt = performance.now();
		await assert.rejects( outlet().send( `${ url }/a`, { method: 'GET', timeoutMs: 1_500 } ), NoAnswerError );
		assert.ok( performance.now() - startedAt < 1_900 );
	} );

	it( 'takes no endless answer', async () => {
		answer = ( _request, response ) => void response.end( Buffer.alloc( MOST_ANSWER_BYTES + 1, 'a' ) );
		await assert.rejects( outlet().send( `${ url }/a`, { method: 'POST', body: '' } ), NoAnswerError );
	} );

	it( 'tells of each call, without its query', async () => {
		inTurn( json( 503, {}, { 'request-id': 'req_1' } ), json( 200, {}, { 'request-id': 'req_2' } ) );
		await outlet().send( `${ url }/a/b?secret=1`, { method: 'GET' } );
		assert.deepEqual(
			calls.map( ( { provider, method, path, status, requestId } ) => [
				provider,
				method,
				path,
				status,
				requestId,
			] ),
			[
				[ 'them', 'GET', '/a/b', 503, 'req_1' ],
				[ 'them', 'GET', '/a/b', 200, 'req_2' ],
			]
		);
		await assert.rejects( outlet().send( 'http://127.0.0.1:1/', { method: 'POST', body: '' } ), NotSentError );
		assert.equal( calls[ 0 ]?.status, null );
	} );
} );

describe( "Stripe's SDK", () => {
	it( 'goes the same way: reads are asked again, and its numbers are told', async () => {
		const told: Call[] = [];
		const client = createStripe( { stripeKey: 'sk_test_key', stripeApiBase: url }, ( call ) => told.push( call ) );
		let count = 0;
		answer = ( request, response ) =>
			count++ === 0
				? json( 500, { error: { message: 'Oh.' } }, { 'request-id': 'req_1' } )( request, response )
				: json( 200, { id: 're_1', object: 'refund' }, { 'request-id': 'req_2' } )( request, response );
		const refund = await client.refunds.retrieve( 're_1' );
		assert.deepEqual( [ refund.id, refund.lastResponse.requestId ], [ 're_1', 'req_2' ] );
		assert.deepEqual(
			told.map( ( { requestId } ) => requestId ),
			[ 'req_1', 'req_2' ]
		);
	} );

	it( 'sends what moves money once', async () => {
		answer = json( 500, { error: { message: 'Oh.' } } );
		await assert.rejects( stripe().refunds.create( { payment_intent: 'pi_1', amount: 5 } ), { statusCode: 500 } );
		answer = ( request ) => void request.socket.destroy();
		await assert.rejects( stripe().refunds.create( { payment_intent: 'pi_1', amount: 5 } ), {
			type: 'StripeConnectionError',
		} );
		assert.equal( seen.length, 2 );
	} );

	it( 'stays below what Stripe takes of a test key', async () => {
		const client = stripe();
		answer = json( 200, { object: 'list', data: [], has_more: false } );
		const startedAt = performance.now();
		await Promise.all( Array.from( { length: 25 }, () => client.refunds.list( { limit: 1 } ) ) );
		assert.ok( performance.now() - startedAt > 950 );
	} );
} );

describe( 'watching', () => {
	it( 'counts every call, and logs those that change something or go wrong', async () => {
		const lines: [ string, Record< string, unknown > ][] = [];
		const at = ( level: string ) => ( facts: Record< string, unknown > ) => void lines.push( [ level, facts ] );
		const metrics = new Metrics();
		const watch = watchCalls( { info: at( 'info' ), debug: at( 'debug' ) } as never, metrics );
		const call: Call = { provider: 'stripe', method: 'GET', path: '/a', status: 200, ms: 12.3, requestId: 'req_1' };
		watch( call );
		watch( { ...call, method: 'POST' } );
		watch( { ...call, status: 429 } );
		watch( { ...call, status: null, requestId: null } );
		assert.deepEqual(
			lines.map( ( [ level, { status, requestId } ] ) => [ level, status, requestId ] ),
			[
				[ 'debug', 200, 'req_1' ],
				[ 'info', 200, 'req_1' ],
				[ 'info', 429, 'req_1' ],
				[ 'info', null, null ],
			]
		);
		const text = await metrics.registry.metrics();
		for ( const [ status, count ] of Object.entries( { 200: 2, 429: 1, none: 1 } ) ) {
			assert.ok(
				text.includes( `smi_outbound_seconds_count{provider="stripe",status="${ status }"} ${ count }` )
			);
		}
	} );
} );

describe( 'words about foreign answers', () => {
	it( 'tells where something leads, and keeps what may be secret', () => {
		const told = {
			'https://me:pass@example.org/login?token=1#x': 'https://example.org/login',
			'/wp-login.php?redirect_to=a': '/wp-login.php',
			'data:text/html,abc': 'text/html,abc',
		};
		for ( const [ address, plain ] of Object.entries( told ) ) {
			assert.equal( plainAddress( address ), plain );
		}
	} );

	it( 'tells how a page begins, on one line', () => {
		const page =
			'<html><head><title>Just a moment…</title><style>a{b:c}</style></head>\n<body>Checking\u0000 your\nbrowser';
		assert.equal( beginningOf( page ), 'Just a moment… Checking your browser' );
		assert.equal( [ ...beginningOf( '😀'.repeat( 300 ) ) ].length, 121 );
		assert.equal( beginningOf( '{"download_token":"secret"}' ), '' );
	} );

	it( 'tells of the site: where it leads, and what answered instead of the plugin', async () => {
		const site = { keyId: 'k', secret: 's', origin: url, folder: '/', rest: '/wp-json/' };
		const wordpress = new WordPress( { site, siteBasicAuth: null, secrets: [] } );
		answer = ( _request, response ) =>
			void response
				.writeHead( 302, { location: 'https://www.example.org/wp-json/smi/v1?token=secret' } )
				.end( '<h1>Moved</h1>' );
		await assert.rejects( wordpress.hello( {} as never ), ( { message }: Error ) => {
			assert.match( message, /leads to https:\/\/www\.example\.org\/wp-json\/smi\/v1\. It begins: "Moved"/ );
			assert.doesNotMatch( message, /secret/ );
			return true;
		} );
	} );
} );
