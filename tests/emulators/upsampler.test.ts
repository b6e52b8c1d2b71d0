import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { buildUpsamplerEmulator } from '../../tools/emulators/upsampler/app.ts';
import { BOMB_SIDE } from '../../tools/emulators/upsampler/bomb.ts';
import { creditCost } from '../../tools/emulators/upsampler/picture.ts';
import { receiver, until, type Json } from './helpers.ts';
import { pictureUrl, setup } from './upsampler-helpers.ts';

test( 'really enlarges, in stages, and tells the webhook once', async ( t ) => {
	const hooks = await receiver( t );
	const { submit, done, status } = await setup( t, { queueMs: 150, workMs: 150 } );
	const job = await submit( { webhook: hooks.url } );
	assert.deepEqual( Object.keys( job ).sort(), [ 'creditCost', 'id', 'status' ] );
	assert.deepEqual( [ job.status, job.creditCost ], [ 'IN_QUEUE', 1 ] );
	await until( async () => ( await status( job.id ) ).status === 'IN_PROGRESS' );
	const result = await done( job.id );
	const png = await sharp( Buffer.from( await ( await fetch( result.imageUrl ) ).arrayBuffer() ) ).metadata();
	assert.deepEqual( [ png.format, png.width, png.height ], [ 'png', 240, 160 ] );
	const jpeg = await sharp(
		Buffer.from( await ( await fetch( result.compressedImageUrl ) ).arrayBuffer() )
	).metadata();
	assert.deepEqual( [ jpeg.format, jpeg.width ], [ 'jpeg', 240 ] );
	const hook = await until( () => hooks.hooks[ 0 ] );
	assert.deepEqual( [ hook.json.id, hook.json.status, hook.json.imageUrl ], [ job.id, 'SUCCESS', result.imageUrl ] );
	assert.equal( hooks.hooks.length, 1 );
} );

test( 'asks for a credit per 4 output megapixels begun', () => {
	assert.equal( creditCost( { width: 10, height: 10 } ), 1 );
	assert.equal( creditCost( { width: 2000, height: 2000 } ), 1 );
	assert.equal( creditCost( { width: 2001, height: 2000 } ), 2 );
	assert.equal( creditCost( { width: 8000, height: 6000 } ), 12 );
} );

test( 'refuses requests without a key or with bad input, in JSON', async ( t ) => {
	const { api, imageUrl } = await setup( t );
	const input = { imageUrl, inputImageType: 'realism', upscaleFactor: 4 };
	assert.equal( ( await api( 'POST', '/precise-upscale', { input }, {} ) ).status, 401 );
	for ( const bad of [
		{ upscaleFactor: 17 },
		{ upscaleFactor: 0 },
		{ inputImageType: 'oil' },
		{ imageUrl: 'ftp://x/y' },
	] ) {
		const answer = await api( 'POST', '/precise-upscale', { input: { ...input, ...bad } } );
		assert.equal( answer.status, 400 );
		assert.equal( typeof answer.json.error, 'string' );
	}
	assert.equal( ( await api( 'GET', '/status/none' ) ).status, 404 );
} );

test( 'a picture that cannot be fetched fails in the job', async ( t ) => {
	const { submit, done, imageUrl } = await setup( t );
	const job = await done( ( await submit( {}, { imageUrl: `${ imageUrl }.missing` } ) ).id );
	assert.deepEqual( [ job.status, job.creditCost ], [ 'FAILED', 0 ] );
	assert.match( job.error, /404/ );
} );

test( 'results are gone three hours later', async ( t ) => {
	const { submit, done, control } = await setup( t );
	const { imageUrl } = await done( ( await submit() ).id );
	await control( '/clock', { advance_s: 3 * 3600 - 60 } );
	assert.equal( ( await fetch( imageUrl ) ).status, 200 );
	await control( '/clock', { advance_s: 61 } );
	const late = await fetch( imageUrl );
	assert.equal( late.status, 403 );
	assert.match( late.headers.get( 'content-type' ) ?? '', /html/ );
} );

test( 'next: fail, fail_at_submit and hang', async ( t ) => {
	const { made, control, submit, status, done } = await setup( t );
	assert.equal( ( await made( 'fail' ) ).status, 'FAILED' );
	await control( '/next', { outcome: 'fail_at_submit', times: 2 } );
	const refused = await submit();
	assert.deepEqual( [ refused.status, typeof refused.error.message ], [ 'FAILED', 'string' ] );
	assert.equal( ( await submit() ).status, 'FAILED' );
	assert.equal( ( await done( ( await submit() ).id ) ).status, 'SUCCESS', 'twice, then normal' );
	await control( '/next', { outcome: 'hang' } );
	const { id } = await submit();
	await until( async () => ( await status( id ) ).status === 'IN_PROGRESS' );
	await new Promise( ( resolve ) => setTimeout( resolve, 150 ) );
	assert.equal( ( await status( id ) ).status, 'IN_PROGRESS' );
	await control( '/next', { outcome: 'fail', times: 5 } );
	await control( '/faults', undefined, 'DELETE' );
	assert.equal( ( await done( ( await submit() ).id ) ).status, 'SUCCESS', 'deleting faults clears next' );
	assert.equal( ( await control( '/next', { outcome: 'dance' } ) ).status, 400 );
} );

test( 'next: html, truncated, wrong_size, redirect_private', async ( t ) => {
	const { made } = await setup( t );
	const html = await fetch( ( await made( 'html' ) ).imageUrl );
	assert.deepEqual( [ html.status, html.headers.get( 'content-type' ) ], [ 200, 'text/html; charset=utf-8' ] );
	const cut = Buffer.from( await ( await fetch( ( await made( 'truncated' ) ).imageUrl ) ).arrayBuffer() );
	await assert.rejects( sharp( cut, { failOn: 'truncated' } ).raw().toBuffer() );
	const wrong = await sharp(
		Buffer.from( await ( await fetch( ( await made( 'wrong_size' ) ).imageUrl ) ).arrayBuffer() )
	).metadata();
	assert.deepEqual( [ wrong.width, wrong.height ], [ 120, 80 ] );
	const moved = await fetch( ( await made( 'redirect_private' ) ).imageUrl, { redirect: 'manual' } );
	assert.deepEqual(
		[ moved.status, moved.headers.get( 'location' )?.startsWith( 'http://169.254.169.254/' ) ],
		[ 302, true ]
	);
} );

test( 'next: bomb is small, and enormous inside', async ( t ) => {
	const { made } = await setup( t );
	const bytes = Buffer.from( await ( await fetch( ( await made( 'bomb' ) ).imageUrl ) ).arrayBuffer() );
	assert.ok( bytes.length < 1_000_000 );
	assert.equal( ( await sharp( bytes, { limitInputPixels: false } ).metadata() ).width, BOMB_SIDE );
	await assert.rejects( sharp( bytes ).raw().toBuffer(), /pixel limit/ );
} );

test( 'next: work takes as long as it is told to, once', async ( t ) => {
	const { submit, done, control, status } = await setup( t );
	await control( '/next', { outcome: 'success', work_ms: 1000 } );
	const slow = await submit();
	const quick = await submit();
	await done( quick.id );
	assert.equal( ( await status( slow.id ) ).status, 'IN_PROGRESS' );
	assert.equal( ( await done( slow.id ) ).status, 'SUCCESS' );
	assert.equal( ( await control( '/next', { outcome: 'success', work_ms: -1 } ) ).status, 400 );
} );

test( 'next: no_webhook finishes silently', async ( t ) => {
	const hooks = await receiver( t );
	const { control, submit, done } = await setup( t );
	await control( '/next', { outcome: 'no_webhook' } );
	assert.equal( ( await done( ( await submit( { webhook: hooks.url } ) ).id ) ).status, 'SUCCESS' );
	await new Promise( ( resolve ) => setTimeout( resolve, 100 ) );
	assert.equal( hooks.hooks.length, 0 );
} );

test( 'logs API calls only, applies faults, also to results by name', async ( t ) => {
	const { control, api, submit, done, imageUrl } = await setup( t );
	await control( '/faults', {
		match: { path: '/api/v1/precise-upscale' },
		effect: { status: 402, body: { error: 'Out of credits' } },
		times: 1,
	} );
	const input = { imageUrl, inputImageType: 'universal', upscaleFactor: 2 };
	assert.equal( ( await api( 'POST', '/precise-upscale', { input } ) ).json.error, 'Out of credits' );
	await control( '/faults', { match: { method: 'POST' }, effect: { drop: 'after' }, times: 1 } );
	await assert.rejects( submit() );
	const result = await done( ( await submit() ).id );
	await control( '/faults', { match: { path: '/results/' }, effect: { status: 502 }, times: 1 } );
	assert.equal( ( await fetch( result.imageUrl ) ).status, 502 );
	assert.equal( ( await fetch( result.imageUrl ) ).status, 200 );
	const calls = ( await control( '/calls' ) ).json.filter( ( each: Json ) => each.method === 'POST' );
	assert.deepEqual(
		calls.map( ( each: Json ) => [ each.path, each.status ] ),
		[
			[ '/api/v1/precise-upscale', 402 ],
			[ '/api/v1/precise-upscale', 200 ],
			[ '/api/v1/precise-upscale', 200 ],
		]
	);
	assert.ok( ( await control( '/calls' ) ).json.every( ( each: Json ) => each.path.startsWith( '/api/' ) ) );
} );

test( 'keeps jobs and results over a restart, finishing what was under way; takes seeds', async ( t ) => {
	const stateDir = mkdtempSync( join( tmpdir(), 'smi-emulator-' ) );
	const first = buildUpsamplerEmulator( { stateDir, queueMs: 10_000 } );
	const url = await first.listen( { host: '127.0.0.1', port: 0 } );
	const input = { imageUrl: await pictureUrl( t ), inputImageType: 'realism', upscaleFactor: 2 };
	const headers = { authorization: 'Bearer k', 'content-type': 'application/json' };
	const job = ( await (
		await fetch( `${ url }/api/v1/precise-upscale`, { method: 'POST', headers, body: JSON.stringify( { input } ) } )
	).json() ) as Json;
	await first.close();
	const { done, control, status } = await setup( t, { stateDir } );
	// Hooks run in this order: the emulator writes its state once more when it closes.
	t.after( () => rmSync( stateDir, { recursive: true, force: true } ) );
	assert.equal( ( await done( job.id ) ).status, 'SUCCESS' );
	await control( '/seed', { jobs: [ { id: 'old-1', status: 'SUCCESS', creditCost: 3 } ] } );
	const seeded = await status( 'old-1' );
	assert.deepEqual( [ seeded.status, seeded.creditCost ], [ 'SUCCESS', 3 ] );
	assert.equal( ( await fetch( seeded.imageUrl ) ).status, 403 );
} );
