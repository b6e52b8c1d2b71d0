import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { buildUpsamplerEmulator, type UpsamplerEmulatorOptions } from '../../tools/emulators/upsampler/app.ts';
import { call, listen, until, type Json } from './helpers.ts';

/** A picture of 60 by 40 pixels, which takes a while to come if it is told to. */
export async function pictureUrl( t: TestContext, delayMs = 0 ): Promise< string > {
	const picture = await sharp( { create: { width: 60, height: 40, channels: 3, background: '#3366aa' } } )
		.jpeg()
		.toBuffer();
	const server = createServer( async ( request, response ) => {
		await sleep( delayMs );
		request.url === '/a.jpg'
			? response.writeHead( 200, { 'content-type': 'image/jpeg' } ).end( picture )
			: response.writeHead( 404 ).end();
	} );
	await new Promise< void >( ( resolve ) => server.listen( 0, '127.0.0.1', resolve ) );
	t.after( () => {
		server.closeAllConnections();
		server.close();
	} );
	return `http://127.0.0.1:${ ( server.address() as AddressInfo ).port }/a.jpg`;
}

export async function setup( t: TestContext, options: UpsamplerEmulatorOptions = {} ) {
	const url = await listen( t, buildUpsamplerEmulator( { queueMs: 30, workMs: 30, ...options } ) );
	const imageUrl = await pictureUrl( t );
	const control = ( path: string, body?: unknown, method?: string ) =>
		call( url, `/_emulator${ path }`, body, method );
	const api = async (
		method: string,
		path: string,
		body?: unknown,
		headers: Record< string, string > = { authorization: 'Bearer up_key' }
	) => {
		const init =
			body === undefined
				? { method, headers }
				: { method, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify( body ) };
		const response = await fetch( `${ url }/api/v1${ path }`, init );
		return { status: response.status, json: ( await response.json() ) as Json };
	};
	const submit = async ( extra: Json = {}, input: Json = {} ) =>
		(
			await api( 'POST', '/precise-upscale', {
				...extra,
				input: { imageUrl, inputImageType: 'realism', upscaleFactor: 4, ...input },
			} )
		).json;
	const status = async ( id: string ) => ( await api( 'GET', `/status/${ id }` ) ).json;
	const done = ( id: string ) =>
		until( async () => {
			const job = await status( id );
			return job.status === 'SUCCESS' || job.status === 'FAILED' ? job : null;
		} );
	const made = async ( outcome: string ) => {
		await control( '/next', { outcome } );
		return done( ( await submit() ).id );
	};
	return { url, control, api, submit, status, done, made, imageUrl };
}
