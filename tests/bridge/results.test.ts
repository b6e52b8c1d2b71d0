import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile, readdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import sharp from 'sharp';
import { Lease } from '../../bridge/src/protocol/lease.ts';
import { Fetcher } from '../../bridge/src/results/fetcher.ts';
import { deliver } from '../../bridge/src/results/deliver.ts';
import { makeFile } from '../../bridge/src/results/make-file.ts';
import { isPublicAddress } from '../../bridge/src/results/public-address.ts';
import { ResultProblem } from '../../bridge/src/results/problem.ts';
import { factsOf, readAt, uploadFile } from '../../bridge/src/results/upload.ts';
import type { Call } from '../../bridge/src/outbound/watch.ts';
import { until } from './support/fake-wordpress.ts';
import { CERTIFICATE, KEY } from './support/tls.ts';
import { leased } from './support/world.ts';

let folder: string;
let server: Server;
let origin: string;
let paths: string[] = [];
let answer: ( path: string ) => { status?: number; location?: string; body?: Buffer | string } = () => ( {} );

before( async () => {
	folder = await mkdtemp( join( tmpdir(), 'smi-test-' ) );
	server = createServer( ( request, response ) => {
		paths.push( request.url ?? '' );
		const { status = 200, location, body = '' } = answer( request.url ?? '' );
		response.writeHead( status, location === undefined ? {} : { location } ).end( body );
	} );
	await new Promise< void >( ( go ) => server.listen( 0, '127.0.0.1', go ) );
	origin = `http://127.0.0.1:${ ( server.address() as AddressInfo ).port }`;
} );
after( async () => {
	server.closeAllConnections();
	server.close();
	await rm( folder, { recursive: true } );
} );
beforeEach( () => {
	paths = [];
	answer = () => ( {} );
} );

const lease = () => new Lease( performance.now(), 180_000 );

function fails( code: string ) {
	return ( error: unknown ) => error instanceof ResultProblem && error.code === code;
}

async function save( fetcher: Fetcher, address: string ): Promise< void > {
	try {
		await fetcher.save( address, join( folder, 'saved' ), AbortSignal.timeout( 5_000 ) );
	} finally {
		await fetcher.close();
	}
}

describe( 'public addresses', () => {
	for ( const address of [
		'127.0.0.1',
		'10.0.0.1',
		'192.168.1.1',
		'172.16.9.9',
		'169.254.169.254',
		'0.0.0.0',
		'100.64.0.1',
		'::1',
		'::ffff:127.0.0.1',
		'fe80::1',
		'fd00::1',
		'64:ff9b::7f00:1',
		'224.0.0.1',
		'255.255.255.255',
		'nonsense',
	] ) {
		it( `refuses ${ address }`, () => assert.equal( isPublicAddress( address ), false ) );
	}
	for ( const address of [
		'93.184.216.34',
		'2606:2800:220:1:248:1893:25c8:1946',
		'[2606:2800:220:1::1]',
		'::ffff:93.184.216.34',
	] ) {
		it( `takes ${ address }`, () => assert.equal( isPublicAddress( address ), true ) );
	}
} );

describe( 'fetching', () => {
	it( 'fetches from a trusted origin, though it is private', async () => {
		answer = () => ( { body: 'picture' } );
		await save( new Fetcher( new Set( [ origin ] ) ), `${ origin }/a.png` );
		assert.deepEqual( paths, [ '/a.png' ] );
	} );

	for ( const [ what, address ] of [
		[ 'an address', '/a.png' ],
		[ 'a name', '/a.png' ],
	] as const ) {
		it( `refuses ${ what } in a private network without connecting`, async () => {
			const target = what === 'a name' ? origin.replace( '127.0.0.1', 'localhost' ) : origin;
			await assert.rejects( save( new Fetcher( new Set() ), target + address ), fails( 'private_redirect' ) );
			assert.deepEqual( paths, [] );
		} );
	}

	it( 'refuses numbers that only look like a public host', async () => {
		const { port } = new URL( origin );
		for ( const host of [ '2130706433', '0x7f.1', '127.1', '[::ffff:7f00:1]' ] ) {
			await assert.rejects(
				save( new Fetcher( new Set() ), `http://${ host }:${ port }/a.png` ),
				fails( 'private_redirect' ),
				host
			);
		}
		assert.deepEqual( paths, [] );
	} );

	it( 'refuses a redirect from a trusted origin into a private network', async () => {
		for ( const location of [
			'http://169.254.169.254/latest/',
			'http://10.0.0.1/',
			`${ origin.replace( '127.0.0.1', 'localhost' ) }/secret`,
			'file:///etc/passwd',
		] ) {
			answer = () => ( { status: 302, location } );
			await assert.rejects(
				save( new Fetcher( new Set( [ origin ] ) ), `${ origin }/a.png` ),
				fails( 'private_redirect' ),
				location
			);
		}
		assert.ok( ! paths.includes( '/secret' ) );
	} );

	it( 'follows a redirect within a trusted origin, but not for ever', async () => {
		answer = ( path ) => ( path === '/b.png' ? { body: 'picture' } : { status: 302, location: '/b.png' } );
		await save( new Fetcher( new Set( [ origin ] ) ), `${ origin }/a.png` );
		answer = () => ( { status: 302, location: '/again' } );
		await assert.rejects(
			save( new Fetcher( new Set( [ origin ] ) ), `${ origin }/a.png` ),
			fails( 'unreachable' )
		);
		assert.equal( paths.filter( ( path ) => path === '/again' ).length, 5 );
	} );

	for ( const status of [ 401, 403, 404, 410 ] ) {
		it( `calls HTTP ${ status } gone`, async () => {
			answer = () => ( { status } );
			await assert.rejects( save( new Fetcher( new Set( [ origin ] ) ), `${ origin }/a.png` ), fails( 'gone' ) );
		} );
	}

	for ( const body of [
		'<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>',
		'<Error><Code>ExpiredToken</Code></Error>',
		'<h1>This link has expired</h1>',
	] ) {
		it( `believes a server that says ${ body }`, async () => {
			answer = () => ( { status: 403, body } );
			await assert.rejects(
				save( new Fetcher( new Set( [ origin ] ) ), `${ origin }/a.png` ),
				fails( 'expired' )
			);
		} );
	}

	it( 'stops at too many bytes', async () => {
		answer = () => ( { body: Buffer.alloc( 5_000 ) } );
		await assert.rejects(
			save( new Fetcher( new Set( [ origin ] ), null, 4_999 ), `${ origin }/a.png` ),
			fails( 'too_large' )
		);
	} );

	it( 'does not begin to fetch what says that it is too large', async () => {
		let hasEnded = false;
		const announce = ( _request: unknown, response: import( 'node:http' ).ServerResponse ) => {
			response.writeHead( 200, { 'content-length': '5000' } ).write( 'a' );
			response.on( 'close', () => ( hasEnded = true ) );
		};
		const [ usual ] = server.listeners( 'request' );
		server.removeAllListeners( 'request' ).on( 'request', announce );
		try {
			await assert.rejects(
				save( new Fetcher( new Set( [ origin ] ), null, 4_999 ), `${ origin }/a.png` ),
				fails( 'too_large' )
			);
			await until( () => hasEnded, 'the end of the connection', 2_000 );
		} finally {
			server.removeAllListeners( 'request' ).on( 'request', usual as never );
		}
	} );

	it( 'gives the password of the site to the site only', async () => {
		let sent: string | undefined;
		const listener = ( request: { headers: { authorization?: string } } ) =>
			( sent = request.headers.authorization );
		server.prependListener( 'request', listener );
		await save( new Fetcher( new Set( [ origin ] ), { origin, credentials: 'me:secret' } ), `${ origin }/a.png` );
		assert.equal( sent, `Basic ${ Buffer.from( 'me:secret' ).toString( 'base64' ) }` );
		await save(
			new Fetcher( new Set( [ origin ] ), { origin: 'http://elsewhere.test', credentials: 'me:secret' } ),
			`${ origin }/a.png`
		);
		assert.equal( sent, undefined );
		server.off( 'request', listener );
	} );
} );

describe( 'fetching from the open internet', () => {
	let secure: import( 'node:https' ).Server;
	let port: number;
	let hosts: string[] = [];
	const addresses: Record< string, string > = {
		'results.test': '127.0.0.2',
		'storage.test': '127.0.0.2',
		'inside.test': '127.0.0.3',
	};
	const resolve = ( ( name: string, _options: unknown, callback: Function ) =>
		addresses[ name ] === undefined
			? callback( Object.assign( new Error( `No such host: ${ name }` ), { code: 'ENOTFOUND' } ) )
			: callback( null, [ { address: addresses[ name ], family: 4 } ] ) ) as never;
	/** One address of this machine stands for the internet, all others for the private network. */
	const isPublic = ( address: string ) => address === '127.0.0.2';
	const told: Call[] = [];
	const watch = ( call: Call ) => void told.push( call );
	const outside = ( ca: string | undefined = CERTIFICATE ) =>
		new Fetcher( new Set(), null, undefined, { resolve, isPublic, watch, ...( ca === '' ? {} : { ca } ) } );

	before( async () => {
		secure = createSecureServer( { key: KEY, cert: CERTIFICATE }, ( request, response ) => {
			hosts.push( request.headers.host ?? '' );
			const { status = 200, location, body = '' } = answer( request.url ?? '' );
			response.writeHead( status, location === undefined ? {} : { location } ).end( body );
		} );
		await new Promise< void >( ( go ) => secure.listen( 0, '127.0.0.2', go ) );
		port = ( secure.address() as AddressInfo ).port;
	} );
	after( () => {
		secure.closeAllConnections();
		secure.close();
	} );
	beforeEach( () => {
		hosts = [];
		told.length = 0;
	} );

	it( 'fetches over TLS, through a redirect to another host, and tells the way', async () => {
		answer = ( path ) =>
			path.startsWith( '/a.png' )
				? { status: 302, location: `https://storage.test:${ port }/b.png?signature=secret` }
				: { body: 'picture' };
		await save( outside(), `https://results.test:${ port }/a.png?key=secret` );
		assert.equal( await readFile( join( folder, 'saved' ), 'utf8' ), 'picture' );
		assert.deepEqual( hosts, [ `results.test:${ port }`, `storage.test:${ port }` ] );
		assert.deepEqual(
			told.map( ( { provider, path, status, leadsTo } ) => [ provider, path, status, leadsTo ] ),
			[
				[ 'results', `https://results.test:${ port }/a.png`, 302, `https://storage.test:${ port }/b.png` ],
				[ 'results', `https://storage.test:${ port }/b.png`, 200, undefined ],
			]
		);
	} );

	it( 'is not led from there into the private network', async () => {
		answer = () => ( { status: 302, location: `https://inside.test:${ port }/b.png` } );
		await assert.rejects( save( outside(), `https://results.test:${ port }/a.png` ), fails( 'private_redirect' ) );
		assert.equal( hosts.length, 1 );
	} );

	it( 'takes no certificate that nobody vouches for', async () => {
		await assert.rejects( save( outside( '' ), `https://results.test:${ port }/a.png` ), fails( 'unreachable' ) );
		assert.deepEqual( hosts, [] );
	} );

	it( 'takes a name that is not known for a server that is away', async () => {
		await assert.rejects( save( outside(), `https://unknown.test:${ port }/a.png` ), fails( 'unreachable' ) );
	} );

	it( 'says what a page began with that was no result', async () => {
		answer = () => ( { status: 403, body: '<title>Just a moment…</title>' } );
		await assert.rejects(
			save( outside(), `https://results.test:${ port }/a.png?key=secret` ),
			( { message }: Error ) => {
				assert.equal(
					message,
					`The result is not to be had at results.test:${ port } (HTTP 403). It begins: "Just a moment…".`
				);
				return true;
			}
		);
	} );
} );

describe( 'delivering', () => {
	const target = { width: 40, height: 20, mime: 'image/png' as const };
	const command = () =>
		leased( 'refresh_attempt', {
			job_id: 'j',
			attempt: 'a',
			provider: 'upsampler',
			provider_id: 'u',
			source_url: '',
			...target,
		} );
	const wordpress = {
		filePart: async ( _: string, __: unknown, part: Uint8Array ) => ( {
			status: 200,
			headers: {},
			text: JSON.stringify( { offset: part.length } ),
		} ),
	};

	it( 'fetches HTML once more and takes the picture that comes then, leaving nothing behind', async () => {
		const png = await sharp( { create: { width: 80, height: 40, channels: 3, background: '#a00' } } )
			.png()
			.toBuffer();
		answer = () => ( { body: paths.length === 1 ? '<h1>Please wait</h1>' : png } );
		const fetcher = new Fetcher( new Set( [ origin ] ) );
		process.env[ 'TMPDIR' ] = folder;
		const file = await deliver(
			[ `${ origin }/a.png` ],
			command(),
			{ fetcher, wordpress: wordpress as never },
			lease()
		);
		assert.deepEqual( [ paths.length, file.width, file.height, file.mime ], [ 2, 40, 20, 'image/png' ] );
		await fetcher.close();
		delete process.env[ 'TMPDIR' ];
		assert.deepEqual(
			( await readdir( folder ) ).filter( ( name ) => name.startsWith( 'smi-bridge-' ) ),
			[]
		);
	} );

	it( 'goes on to the next address, and says what leaves most hope', async () => {
		const fetcher = new Fetcher( new Set( [ origin ] ) );
		const addresses = [ `${ origin }/a.png`, `${ origin }/a.jpg` ];
		const bring = () => deliver( addresses, command(), { fetcher, wordpress: wordpress as never }, lease() );
		answer = ( path ) => ( path === '/a.png' ? { body: '<h1>Please wait</h1>' } : { status: 403 } );
		await assert.rejects( bring(), fails( 'gone' ) );
		const jpeg = await sharp( { create: { width: 80, height: 40, channels: 3, background: '#a00' } } )
			.jpeg()
			.toBuffer();
		answer = ( path ) => ( path === '/a.png' ? { status: 503 } : { body: jpeg } );
		assert.equal( ( await bring() ).width, 40 );
		await fetcher.close();
	} );

	it( 'gives up after the second time', async () => {
		answer = () => ( { body: '<h1>Please wait</h1>' } );
		const fetcher = new Fetcher( new Set( [ origin ] ) );
		await assert.rejects(
			deliver( [ `${ origin }/a.png` ], command(), { fetcher, wordpress: wordpress as never }, lease() ),
			fails( 'bad_image' )
		);
		assert.equal( paths.length, 2 );
		await fetcher.close();
	} );
} );

describe( 'making the file', () => {
	const picture = ( width: number, height: number ) =>
		sharp( {
			create: {
				width,
				height,
				channels: 3,
				background: '#36c',
				noise: { type: 'gaussian', mean: 128, sigma: 30 },
			},
		} );
	const target = { width: 100, height: 50, mime: 'image/jpeg' as const };

	async function make(
		bytes: Buffer,
		hasPixelLimit = true,
		to: Parameters< typeof makeFile >[ 2 ] = target
	): Promise< import( 'sharp' ).Metadata > {
		await writeFile( join( folder, 'in' ), bytes );
		await makeFile( join( folder, 'in' ), join( folder, 'out' ), to, hasPixelLimit );
		return sharp( join( folder, 'out' ) ).metadata();
	}

	it( 'keeps the colour profile', async () => {
		const made = await make( await picture( 200, 100 ).withIccProfile( 'p3' ).jpeg().toBuffer() );
		assert.deepEqual( [ made.width, made.height, made.hasProfile ], [ 100, 50, true ] );
	} );

	it( 'turns a picture as its camera held it', async () => {
		const made = await make( await picture( 100, 200 ).withMetadata( { orientation: 6 } ).jpeg().toBuffer() );
		assert.deepEqual( [ made.width, made.height, made.orientation ?? 1 ], [ 100, 50, 1 ] );
	} );

	for ( const format of [ 'jpeg', 'png' ] as const ) {
		it( `calls half a ${ format } damaged`, async () => {
			const whole = await picture( 200, 100 ).toFormat( format ).toBuffer();
			await assert.rejects( make( whole.subarray( 0, whole.length / 2 ) ), fails( 'bad_image' ) );
		} );
	}

	for ( const format of [ 'gif', 'tiff' ] as const ) {
		it( `lets no ${ format } be opened`, async () => {
			await assert.rejects(
				make( await picture( 200, 100 ).toFormat( format ).toBuffer() ),
				fails( 'bad_image' )
			);
		} );
	}

	it( 'makes a JPEG row by row, without the tables that need the whole picture', async () => {
		const [ plain, tuned ] = await Promise.all(
			[ false, true ].map( ( optimiseCoding ) =>
				picture( 200, 100 )
					.resize( 100, 50, { fit: 'fill', kernel: 'lanczos3' } )
					.jpeg( { quality: 92, chromaSubsampling: '4:4:4', optimiseCoding } )
					.toBuffer()
			)
		);
		await make( await picture( 200, 100 ).png().toBuffer() );
		const made = await readFile( join( folder, 'out' ) );
		const tables = ( bytes: Buffer ) => bytes.subarray( 0, bytes.indexOf( Buffer.from( [ 0xff, 0xda ] ) ) ).length;
		assert.equal( tables( made ), tables( plain! ) );
		assert.notEqual( tables( made ), tables( tuned! ) );
	} );

	it( 'makes one picture at a time', async () => {
		const large = await picture( 2_000, 1_000 ).png().toBuffer();
		await writeFile( join( folder, 'large' ), large );
		let most = 0;
		const watching = setInterval( () => ( most = Math.max( most, sharp.counters().process ) ), 1 );
		const to = { width: 1_900, height: 950, mime: 'image/png' as const };
		await Promise.all(
			[ 'x', 'y', 'z' ].map( ( name ) => makeFile( join( folder, 'large' ), join( folder, name ), to, true ) )
		);
		clearInterval( watching );
		assert.equal( most, 1 );
	} );

	it( 'refuses other sizes and shapes, and pixels beyond reason, but takes a large original', async () => {
		await assert.rejects( make( await picture( 99, 50 ).png().toBuffer() ), fails( 'wrong_size' ) );
		await assert.rejects( make( await picture( 100, 100 ).png().toBuffer() ), fails( 'wrong_size' ) );
		await assert.rejects( make( await picture( 400, 200 ).png().toBuffer() ), fails( 'too_large' ) );
		assert.equal( ( await make( await picture( 400, 200 ).png().toBuffer(), false ) ).width, 100 );
	} );
} );

describe( 'uploading', () => {
	const total = 3_000_000;
	const file = () => join( folder, 'upload' );
	let stored = 0;
	let sizes: number[] = [];

	function site( limit: number, first: number = 0 ) {
		stored = first;
		sizes = [];
		return {
			filePart: async ( _attempt: string, query: Record< string, string | number >, part: Uint8Array ) => {
				sizes.push( part.length );
				if ( part.length > limit ) {
					return { status: 413, headers: {}, text: '<html>too large</html>' };
				}
				if ( query[ 'offset' ] !== stored ) {
					return {
						status: 409,
						headers: {},
						text: JSON.stringify( {
							code: 'smi_file_wrong_offset',
							message: '',
							data: { status: 409, details: { offset: stored } },
						} ),
					};
				}
				stored += part.length;
				return { status: 200, headers: {}, text: JSON.stringify( { offset: stored } ) };
			},
		};
	}

	before( () => writeFile( file(), Buffer.alloc( total, 7 ) ) );

	async function upload( wordpress: ReturnType< typeof site > ): Promise< void > {
		await uploadFile( wordpress as never, 'a', 1, file(), await factsOf( file() ), lease() );
	}

	it( 'begins with 512 KiB and doubles', async () => {
		await upload( site( Infinity ) );
		assert.deepEqual( sizes, [ 524_288, 1_048_576, total - 524_288 - 1_048_576 ] );
		assert.equal( stored, total );
	} );

	it( 'halves on a 413 and stays below it', async () => {
		await upload( site( 100_000 ) );
		assert.deepEqual( sizes.slice( 0, 5 ), [ 524_288, 262_144, 131_072, 65_536, 65_536 ] );
		assert.ok( sizes.slice( 4 ).every( ( size ) => size <= 65_536 ) );
		assert.equal( stored, total );
	} );

	it( 'reads on where a read brought less than was asked for', async () => {
		const whole = Buffer.from( 'abcdefghij' );
		const short = {
			read: async ( into: Buffer, at: number, length: number, from: number ) => ( {
				bytesRead: whole.copy( into, at, from, from + Math.min( length, 3 ) ),
				buffer: into,
			} ),
		};
		assert.equal( ( await readAt( short as never, 1, 8 ) ).toString(), 'bcdefghi' );
		await assert.rejects( readAt( short as never, 5, 6 ), /shorter/ );
	} );

	it( 'goes on where the site says', async () => {
		await upload( site( Infinity, 1_000_000 ) );
		assert.equal( stored, total );
	} );

	it( 'gives up when not even 16 KiB are taken', async () => {
		await assert.rejects( upload( site( 10_000 ) ), { name: 'SiteUnreachable' } );
		assert.equal( sizes.at( -1 ), 16_384 );
	} );

	it( 'starts no part when the lease is about to end', async () => {
		const wordpress = site( Infinity );
		const ending = new Lease( performance.now() - 151_000, 180_000 );
		await assert.rejects( uploadFile( wordpress as never, 'a', 1, file(), await factsOf( file() ), ending ), {
			name: 'LeaseEnding',
		} );
		assert.deepEqual( sizes, [] );
	} );
} );
