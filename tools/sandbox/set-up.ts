/** Fills a fresh WordPress, through the must-use plugin's actions. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FriendlyError } from './friendly-error';
import { postJson } from './http';
import { jpegName, type Photograph } from './photographs';
import { urlOf } from './ports';
import { makeSoldFiles, placeSoldFiles, type PlacedFile, type SoldFacts, type SoldSize } from './sold-files';

/** Calls one action of `mu-plugin/actions.php`. */
export type SiteAction = ( name: string, body?: unknown ) => Promise< Record< string, unknown > >;

export function siteAction( base: number, token: string ): SiteAction {
	return ( name, body = {} ) =>
		postJson( `${ urlOf( 'wordpress', base ) }/?smi-do=${ name }`, body, { 'x-smi-sandbox': token } );
}

/** The post as an earlier start has left it. */
export async function findPost( act: SiteAction ): Promise< string > {
	return String( ( await act( 'post', { attachments: [] } ) )[ 'url' ] );
}

/** Attachments by photograph, and the post that shows them. Every step finds what an interrupted start has done. */
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
	await act( 'introduce', { key_id: moved.username } );
	moved.port = String( base );
	return moved.href;
}

/** Writes the jobs of the last 90 days, once, and tells the emulators what they must remember of them. */
export async function seedJobs( act: SiteAction, dir: string, base: number ): Promise< number > {
	const file = join( dir, 'seeded.json' );
	const begun = JSON.parse( await readFile( file, 'utf8' ).catch( () => '{}' ) ) as Partial< Seeding >;
	const seeding: Seeding = { now: Math.floor( Date.now() / 1000 ), count: 0, done: false, ...begun };
	if ( ! seeding.done ) {
		const facts = await makeSoldFiles( ( await act( 'sizes' ) )[ 'sizes' ] as SoldSize[], dir );
		while ( ! seeding.done ) {
			await seedSlice( act, seeding, facts, dir, base );
			await writeFile( file, JSON.stringify( seeding ) );
		}
	}
	return seeding.count;
}

/** Kept after each slice: an interrupted start goes on where it was. */
interface Seeding {
	/** Unix seconds that all ages count from. */
	now: number;
	count: number;
	done: boolean;
}

async function seedSlice(
	act: SiteAction,
	seeding: Seeding,
	facts: SoldFacts,
	dir: string,
	base: number
): Promise< void > {
	const body = { now: seeding.now, from: seeding.count, stripe: urlOf( 'stripe', base ), facts };
	const slice = await act( 'seed', body );
	await placeSoldFiles( slice[ 'files' ] as PlacedFile[], facts, dir );
	await postJson( `${ urlOf( 'stripe', base ) }/_emulator/seed`, { sales: slice[ 'sales' ] } );
	await postJson( `${ urlOf( 'upsampler', base ) }/_emulator/seed`, { jobs: slice[ 'upscales' ] } );
	seeding.count += Number( slice[ 'count' ] );
	seeding.done = slice[ 'done' ] === true;
}
