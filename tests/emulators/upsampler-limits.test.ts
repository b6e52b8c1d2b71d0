import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { buildUpsamplerEmulator } from '../../tools/emulators/upsampler/app.ts';
import { call, listen, type Json } from './helpers.ts';
import { pictureUrl, setup } from './upsampler-helpers.ts';

type Made = Awaited< ReturnType< typeof setup > >;

/** Submits and answers with everything, headers too. */
async function raw( { url, imageUrl }: Made, upscaleFactor = 4 ) {
	const response = await fetch( `${ url }/api/v1/precise-upscale`, {
		method: 'POST',
		headers: { authorization: 'Bearer up_key', 'content-type': 'application/json' },
		body: JSON.stringify( { input: { imageUrl, inputImageType: 'realism', upscaleFactor } } ),
	} );
	const json = ( await response.json() ) as Json;
	return { status: response.status, json, retryAfter: response.headers.get( 'retry-after' ) };
}

const many = ( made: Made, count: number ) => Promise.all( Array.from( { length: count }, () => raw( made ) ) );

test( 'takes sixty submissions a minute, and says when to come again', async ( t ) => {
	let now = Date.now();
	const made = await setup( t, { now: () => now } );
	for ( let round = 0; round < 15; round++ ) {
		assert.deepEqual( new Set( ( await many( made, 4 ) ).map( ( { status } ) => status ) ), new Set( [ 200 ] ) );
	}
	const refused = await raw( made );
	assert.equal( refused.status, 429 );
	assert.match( refused.json.error, /at most 60 submissions a minute/ );
	assert.equal( refused.retryAfter, '1' );
	now += 1000;
	assert.deepEqual( [ ( await raw( made ) ).status, ( await raw( made ) ).status ], [ 200, 429 ] );
	assert.equal( ( await made.api( 'GET', '/status/none' ) ).status, 404, 'asking is not submitting' );
	await made.control( '/settings', { rate_per_minute: 0 } );
	assert.equal( ( await raw( made ) ).status, 200 );
} );

test( 'takes four submissions at the same time', async ( t ) => {
	const made = { ...( await setup( t ) ), imageUrl: await pictureUrl( t, 150 ) };
	const answers = await many( made, 12 );
	const refused = answers.filter( ( { status } ) => status === 429 );
	assert.equal( refused.length, 8 );
	assert.match( refused[ 0 ]?.json.error, /at most 4 submissions at the same time/ );
	await made.control( '/settings', { at_once: 0 } );
	assert.ok( ( await many( made, 12 ) ).every( ( { status } ) => status === 200 ) );
} );

test( 'can be told how many unfinished jobs it bears', async ( t ) => {
	const made = await setup( t, { settings: { jobs_at_once: 1 } } );
	await made.control( '/next', { outcome: 'hang' } );
	assert.equal( ( await raw( made ) ).status, 200 );
	assert.match( ( await raw( made ) ).json.error, /at most 1 jobs/ );
} );

test( 'credits run out; a failed job gives its own back; a refusal uses up no outcome', async ( t ) => {
	const stateDir = mkdtempSync( join( tmpdir(), 'smi-emulator-' ) );
	const made = await setup( t, { stateDir } );
	t.after( () => rmSync( stateDir, { recursive: true, force: true } ) );
	const left = async () => ( await made.control( '/credits' ) ).json.left;
	assert.equal( await left(), null );
	await made.control( '/credits', { left: 2 } );
	await made.done( ( await raw( made ) ).json.id );
	assert.equal( await left(), 1 );
	await made.made( 'fail' );
	assert.equal( await left(), 1 );
	await made.done( ( await raw( made ) ).json.id );
	const refused = await raw( made );
	assert.deepEqual( [ refused.status, typeof refused.json.error ], [ 402, 'string' ] );
	assert.match( refused.json.error, /Insufficient credits: this upscale costs 1, and 0 are left/ );
	await made.control( '/credits', { left: null } );
	assert.equal( ( await raw( made ) ).status, 200 );
	assert.equal( ( await made.control( '/credits', { left: -1 } ) ).status, 400 );
} );

test( 'refuses pictures and results that are too large', async ( t ) => {
	const made = await setup( t, { settings: { max_output_pixels: 40_000 } } );
	const result = await raw( made, 5 );
	assert.equal( result.status, 400 );
	assert.match( result.json.error, /result would be too large: 0\.1 megapixels/ );
	assert.equal( ( await raw( made, 4 ) ).status, 200 );
	await made.control( '/settings', { max_input_pixels: 2399 } );
	assert.match( ( await raw( made ) ).json.error, /image is too large: 0\.0 megapixels/ );
	await made.control( '/settings', { max_input_pixels: 2400, max_input_bytes: 10 } );
	assert.match( ( await raw( made ) ).json.error, /bytes, at most 10/ );
} );

test( 'knows nothing of a new job for as long as it is told', async ( t ) => {
	const made = await setup( t, { settings: { status_lag_ms: 60_000 } } );
	const { id } = ( await raw( made ) ).json;
	assert.equal( ( await made.api( 'GET', `/status/${ id }` ) ).status, 404 );
	await made.control( '/clock', { advance_s: 61 } );
	assert.equal( ( await made.api( 'GET', `/status/${ id }` ) ).status, 200 );
} );

test( 'settings and credits outlive a restart', async ( t ) => {
	const stateDir = mkdtempSync( join( tmpdir(), 'smi-emulator-' ) );
	const first = buildUpsamplerEmulator( { stateDir } );
	const url = await listen( t, first );
	await call( url, '/_emulator/settings', { rate_per_minute: 7 } );
	await call( url, '/_emulator/credits', { left: 9 } );
	await first.close();
	const { control } = await setup( t, { stateDir } );
	t.after( () => rmSync( stateDir, { recursive: true, force: true } ) );
	assert.equal( ( await control( '/settings' ) ).json.rate_per_minute, 7 );
	assert.equal( ( await control( '/credits' ) ).json.left, 9 );
	assert.equal( ( await control( '/settings', { rate: 7 } ) ).status, 400 );
} );

test( 'a result answers 401, 403, 404 or 5xx on order, so often', async ( t ) => {
	const { control, submit, done } = await setup( t );
	for ( const result_status of [ 401, 403, 404, 500, 503 ] ) {
		await control( '/next', { outcome: 'success', result_status, result_times: 2 } );
		const { imageUrl, compressedImageUrl } = await done( ( await submit() ).id );
		assert.equal( ( await fetch( imageUrl ) ).status, result_status );
		assert.equal( ( await fetch( compressedImageUrl ) ).status, result_status );
		assert.equal( ( await fetch( imageUrl ) ).status, 200 );
	}
	await control( '/next', { outcome: 'success', result_status: 403 } );
	const { imageUrl } = await done( ( await submit() ).id );
	for ( let times = 0; times < 3; times++ ) {
		assert.equal( ( await fetch( imageUrl ) ).status, 403 );
	}
	assert.equal( ( await control( '/next', { outcome: 'success', result_status: 200 } ) ).status, 400 );
} );

test( 'results lie on an origin of their own, and faults reach them there', async ( t ) => {
	const { url, control, submit, done } = await setup( t, { results: {} } );
	const { imageUrl, compressedImageUrl } = await done( ( await submit() ).id );
	assert.notEqual( new URL( imageUrl ).origin, new URL( url ).origin );
	assert.equal( ( await control( '/results' ) ).json.origin, new URL( imageUrl ).origin );
	const jpeg = Buffer.from( await ( await fetch( compressedImageUrl ) ).arrayBuffer() );
	assert.equal( ( await sharp( jpeg ).metadata() ).format, 'jpeg' );
	await control( '/faults', { match: { path: '/results/' }, effect: { status: 403 }, times: 1 } );
	assert.equal( ( await fetch( imageUrl ) ).status, 403 );
	assert.equal( ( await fetch( imageUrl ) ).status, 200 );
} );

test( 'leads from its own origin to the other as often as it is told', async ( t ) => {
	const { url, control, submit, done } = await setup( t, { results: {} } );
	await control( '/settings', { results_redirects: 2 } );
	const { imageUrl } = await done( ( await submit() ).id );
	assert.equal( new URL( imageUrl ).origin, new URL( url ).origin );
	const { origin } = ( await control( '/results' ) ).json;
	const first = await fetch( imageUrl, { redirect: 'manual' } );
	assert.deepEqual( [ first.status, new URL( String( first.headers.get( 'location' ) ) ).origin ], [ 302, origin ] );
	const whole = await fetch( imageUrl );
	assert.equal( whole.redirected, true );
	assert.equal( ( await sharp( Buffer.from( await whole.arrayBuffer() ) ).metadata() ).width, 240 );
} );

test( 'results come over TLS, by a certificate that is told, under a name of their own', async ( t ) => {
	const host = 'results.upsampler.test';
	const { control, submit, done } = await setup( t, { results: { tls: true, host } } );
	const { imageUrl } = await done( ( await submit() ).id );
	const { origin, certificate } = ( await control( '/results' ) ).json;
	assert.equal( new URL( imageUrl ).origin, origin );
	assert.equal( new URL( imageUrl ).hostname, host );
	assert.match( new X509Certificate( certificate ).subjectAltName ?? '', /results\.upsampler\.test/ );
	const get = ( ca?: string ) =>
		new Promise< Buffer >( ( resolve, reject ) => {
			const lookup = ( _name: string, _options: unknown, found: ( ...answer: unknown[] ) => void ) =>
				found( null, [ { address: '127.0.0.1', family: 4 } ] );
			const options = { lookup: lookup as never, ...( ca === undefined ? {} : { ca } ) };
			request( imageUrl, options, ( response ) => {
				const parts: Buffer[] = [];
				response.on( 'data', ( part: Buffer ) => parts.push( part ) );
				response.on( 'end', () => resolve( Buffer.concat( parts ) ) );
			} )
				.on( 'error', reject )
				.end();
		} );
	assert.equal( ( await sharp( await get( certificate ) ).metadata() ).format, 'png' );
	await assert.rejects( get(), /self.signed/i );
} );

test( 'calls a webhook by GET, with its fields in the query, when it is told to', async ( t ) => {
	const { control, submit } = await setup( t );
	await control( '/settings', { webhook_method: 'GET' } );
	const called = await new Promise< URL >( ( resolve ) => {
		const server = createServer( ( asked, response ) => {
			response.end();
			resolve( new URL( String( asked.url ), 'http://127.0.0.1' ) );
		} );
		t.after( () => server.close() );
		server.listen( 0, '127.0.0.1', () => {
			const { port } = server.address() as AddressInfo;
			void submit( { webhook: `http://127.0.0.1:${ port }/hook/token?a=1` } );
		} );
	} );
	assert.deepEqual( [ called.pathname, called.searchParams.get( 'a' ) ], [ '/hook/token', '1' ] );
	assert.equal( called.searchParams.get( 'status' ), 'SUCCESS' );
	assert.match( called.searchParams.get( 'imageUrl' ) ?? '', /\.png$/ );
	assert.equal( called.searchParams.has( 'error' ), false );
} );

test( 'takes as long as it is told', async ( t ) => {
	const { api, control } = await setup( t );
	await control( '/settings', { latency_ms: [ 150, 160 ] } );
	const began = performance.now();
	await api( 'GET', '/status/none' );
	assert.ok( performance.now() - began >= 149 );
} );
