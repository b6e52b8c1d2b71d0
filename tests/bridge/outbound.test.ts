import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
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
			answer = json( 200, { protocol: 1, site: {} } );
			const site = { keyId: 'k', secret: 's', origin: url, folder: '/', rest: '/wp-json/' };
			await new WordPress( { site: site as never, siteBasicAuth: null } ).hello( {} as never );
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
