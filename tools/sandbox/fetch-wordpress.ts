/**
 * A folder with a complete WordPress, fetched once and kept by version.
 *
 * `node --import tsx tools/sandbox/fetch-wordpress.ts 7.1|6.8 [--dir FOLDER]` prints the folder.
 */
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { FriendlyError } from './friendly-error';
import { fromDebian, SUITES, type WordPressBranch } from './wordpress-debian';
import { fromWordPressOrg } from './wordpress-official';

export type { WordPressBranch } from './wordpress-debian';

export interface WordPressTree {
	/** The folder that holds wp-load.php. Shared: copy or mount it, never write into it. */
	dir: string;
	/** The version actually found, as WordPress says it: 7.1.3. */
	version: string;
}

export interface FetchOptions {
	/** Where trees are kept. `$SMI_CACHE_DIR`, else `.cache` in the repository. */
	cache?: string;
	/** Hears one line per step. */
	log?: ( line: string ) => void;
}

const REPOSITORY = fileURLToPath( new URL( '../..', import.meta.url ) );

/**
 * A complete tree of the wanted branch, from the cache if it is there.
 *
 * @throws FriendlyError when neither wordpress.org nor a Debian mirror can be reached.
 */
export async function fetchWordPress( branch: WordPressBranch, options: FetchOptions = {} ): Promise< WordPressTree > {
	const cache = options.cache ?? process.env[ 'SMI_CACHE_DIR' ] ?? join( REPOSITORY, '.cache' );
	const dir = resolve( cache, 'wordpress', branch );
	const version = await readVersion( dir );
	return version ? { dir, version } : fetchInto( branch, dir, options.log ?? ( () => {} ) );
}

async function fetchInto(
	branch: WordPressBranch,
	dir: string,
	log: ( line: string ) => void
): Promise< WordPressTree > {
	const scratch = await mkdtemp( join( tmpdir(), 'smi-wordpress-' ) );
	// Beside its final place, so that the last step is one rename: a half-made tree is never taken for a whole one.
	const fresh = `${ dir }.${ process.pid }`;
	try {
		await mkdir( resolve( dir, '..' ), { recursive: true } );
		const source = await fromAnywhere( branch, fresh, scratch );
		await rename( fresh, dir ).catch( () => undefined );
		const version = await readVersion( dir );
		if ( ! version ) {
			throw new FriendlyError( `The WordPress from ${ source } is not complete. Try again; nothing was kept.` );
		}
		log( `WordPress ${ version } from ${ source }` );
		return { dir, version };
	} finally {
		await rm( scratch, { recursive: true, force: true } );
		await rm( fresh, { recursive: true, force: true } );
	}
}

async function fromAnywhere( branch: WordPressBranch, into: string, scratch: string ): Promise< string > {
	const reasons: string[] = [];
	for ( const source of [ fromWordPressOrg, fromDebian ] ) {
		try {
			return await source( branch, into, scratch );
		} catch ( error ) {
			reasons.push( ( error as Error ).message );
			await rm( into, { recursive: true, force: true } );
		}
	}
	throw new FriendlyError( cannotFetch( branch, reasons ) );
}

/** What to do about it, before why. */
export function cannotFetch( branch: WordPressBranch, reasons: readonly string[] ): string {
	return [
		`WordPress ${ branch } could not be fetched.`,
		'Connect this machine to the internet (wordpress.org, or the Debian mirror that its apt uses) and start again,',
		`or unpack a WordPress ${ branch } into .cache/wordpress/${ branch } yourself.`,
		`  wordpress.org: ${ reasons[ 0 ] ?? '' }`,
		`  Debian's archive (${ SUITES[ branch ].join( ', ' ) }): ${ reasons[ 1 ] ?? '' }`,
	].join( '\n' );
}

async function readVersion( dir: string ): Promise< string | undefined > {
	const text = await readFile( join( dir, 'wp-includes/version.php' ), 'utf8' ).catch( () => '' );
	return /\$wp_version\s*=\s*'([^']+)'/.exec( text )?.[ 1 ];
}

async function main( [ branch, flag, cache ]: string[] ): Promise< void > {
	if ( branch !== '7.1' && branch !== '6.8' ) {
		throw new FriendlyError( 'Say which version: fetch-wordpress.ts 7.1|6.8 [--dir FOLDER]' );
	}
	const log = ( line: string ) => process.stderr.write( `${ line }\n` );
	const tree = await fetchWordPress( branch, { log, ...( flag === '--dir' && cache ? { cache } : {} ) } );
	process.stdout.write( `${ tree.dir }\n` );
}

if ( process.argv[ 1 ] && import.meta.url === pathToFileURL( process.argv[ 1 ] ).href ) {
	main( process.argv.slice( 2 ) ).catch( ( error: Error ) => {
		process.stderr.write( `${ error instanceof FriendlyError ? error.message : error.stack }\n` );
		process.exitCode = 1;
	} );
}
