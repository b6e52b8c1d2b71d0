/** Fills a fresh WordPress, through the must-use plugin's actions. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FriendlyError } from './friendly-error';
import { postJson } from './http';
import { jpegName, type Photograph } from './photographs';
import { urlOf } from './ports';

/** Calls one action of `mu-plugin/actions.php`. */
export type SiteAction = ( name: string, body?: unknown ) => Promise< Record< string, unknown > >;

export function siteAction( base: number, token: string ): SiteAction {
	return ( name, body = {} ) =>
		postJson( `${ urlOf( 'wordpress', base ) }/?smi-do=${ name }`, body, { 'x-smi-sandbox': token } );
}

/** Attachments by photograph, and the post that shows them. Every step finds what an earlier start has done. */
export async function publishPhotographs( act: SiteAction, photographs: readonly Photograph[] ): Promise< string > {
	const attachments: unknown[] = [];
	for ( const photograph of photographs ) {
		const { id } = await act( 'photograph', { ...photograph, file: jpegName( photograph ) } );
		attachments.push( id );
	}
	const { url } = await act( 'post', { attachments } );
	return String( url );
}

/**
 * The connection string for the bridge: asked for once, then kept.
 *
 * @throws FriendlyError when the plugin cannot make one.
 */
export async function connectionString( act: SiteAction, dir: string, base: number ): Promise< string > {
	const file = join( dir, 'connection.txt' );
	const known = await readFile( file, 'utf8' ).catch( () => '' );
	const connection = known || ( await act( 'pair' ) )[ 'connection' ];
	if ( typeof connection !== 'string' ) {
		throw new FriendlyError( 'The plugin gave no connection string, so the bridge has nothing to talk to.' );
	}
	if ( ! known ) {
		await writeFile( file, connection, { mode: 0o600 } );
	}
	const moved = new URL( connection );
	moved.port = String( base );
	return moved.href;
}

/** Writes the jobs of the last 90 days, once, and tells the emulators what they must remember of them. */
export async function seedJobs( act: SiteAction, dir: string, base: number ): Promise< void > {
	const file = join( dir, 'seeded.json' );
	if ( await readFile( file, 'utf8' ).catch( () => '' ) ) {
		return;
	}
	let done = false;
	let count = 0;
	while ( ! done ) {
		const part = await act( 'seed' );
		await postJson( `${ urlOf( 'stripe', base ) }/_emulator/seed`, { sales: part[ 'sales' ] } );
		await postJson( `${ urlOf( 'upsampler', base ) }/_emulator/seed`, { jobs: part[ 'upscales' ] } );
		count = Number( part[ 'count' ] ?? 0 );
		done = part[ 'done' ] !== false;
	}
	await writeFile( file, JSON.stringify( { count } ) );
}
