/** A native WordPress with the plugin, real photographs, a post that sells them, and the jobs of three months. */
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { runOrThrow } from '../../../tools/native/process.ts';
import { REPOSITORY } from '../../../tools/native/root.ts';
import { startNativeWordPress, type NativeWordPress } from '../../../tools/native/wordpress.ts';
import { preparePhotographs } from '../../../tools/sandbox/photographs.ts';
import { publishPhotographs, type SiteAction } from '../../../tools/sandbox/set-up.ts';
import { makeSoldFiles, placeSoldFiles, type PlacedFile, type SoldSize } from '../../../tools/sandbox/sold-files.ts';
import { actionsOf, addSandboxPlugin } from '../../helpers/sandbox-plugin.ts';

const ZIP = join( REPOSITORY, 'build/sell-my-images.zip' );

export interface SiteOptions {
	version?: '7.1' | '6.8';
	/** The work tree instead of the zip: for looking at what is being built. */
	isLinked?: boolean;
	/** Another zip than the one in build/. */
	zip?: string;
}

export interface Site extends NativeWordPress {
	/** The must-use plugin's actions. */
	act: SiteAction;
	/** Address of the post with the Buy buttons. */
	post: string;
}

/**
 * @param dir     Temporary folder.
 * @param mailbox Where mail goes.
 * @param options Which WordPress, which plugin.
 */
export async function startSite( dir: string, mailbox: string, options: SiteOptions = {} ): Promise< Site > {
	const { version = '7.1', isLinked = false, zip = ZIP } = options;
	if ( ! isLinked && ! existsSync( zip ) ) {
		await runOrThrow( 'npm', [ 'run', 'build' ], { cwd: REPOSITORY } );
		await runOrThrow( 'npm', [ 'run', 'zip' ], { cwd: REPOSITORY } );
	}
	const native = await startNativeWordPress( { version, fromZip: isLinked ? null : zip } );
	try {
		const photographs = await preparePhotographs( native.dir, join( dir, 'photographs' ) );
		await addSandboxPlugin( native.dir, dir, mailbox );
		const act = actionsOf( native.url );
		await act( 'settings' );
		return { ...native, act, post: await publishPhotographs( act, photographs ) };
	} catch ( error ) {
		await native.stop();
		throw error;
	}
}

/** About 200 jobs of three months, known to both emulators as well. */
export async function seedJobs( { act }: Site, dir: string, stripe: string, upsampler: string ): Promise< void > {
	const sizes = ( await act( 'sizes' ) )[ 'sizes' ] as SoldSize[];
	// Nobody downloads what was sold long ago: small pictures are made in a fraction of the time.
	const small = sizes.map( ( size ) => ( {
		...size,
		width: Math.ceil( size.width / 10 ),
		height: Math.ceil( size.height / 10 ),
	} ) );
	const facts = await makeSoldFiles( small, dir );
	const now = Math.floor( Date.now() / 1000 );
	for ( let from = 0, done = false; ! done; ) {
		const slice = await act( 'seed', { now, from, stripe, facts } );
		const files = ( slice[ 'files' ] as PlacedFile[] ).map( ( file ) => ( {
			...file,
			path: relative( dir, file.path ),
		} ) );
		await placeSoldFiles( files, facts, dir );
		await post( `${ stripe }/_emulator/seed`, { sales: slice[ 'sales' ] } );
		await post( `${ upsampler }/_emulator/seed`, { jobs: slice[ 'upscales' ] } );
		from += Number( slice[ 'count' ] );
		done = slice[ 'done' ] === true;
	}
}

export async function post( url: string, body: unknown ): Promise< unknown > {
	const answer = await fetch( url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify( body ),
	} );
	const text = await answer.text();
	if ( ! answer.ok ) {
		throw new Error( `${ url }: ${ answer.status } ${ text.slice( 0, 1000 ) }` );
	}
	return JSON.parse( text );
}
