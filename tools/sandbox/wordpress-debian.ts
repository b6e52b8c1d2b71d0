/**
 * A complete WordPress out of Debian's archive, for machines that reach a Debian mirror but not wordpress.org.
 *
 * apt works in a private folder, so nothing is installed and no right is needed. The mirror is the one that this
 * machine already uses: only the suite differs.
 */
import { cp, mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readMirror } from './debian-mirror';
import { capture, run } from './run';
import { FriendlyError } from './friendly-error';

/** Where each version is found, the first suite that has it wins. */
export const SUITES: Record< WordPressBranch, readonly string[] > = {
	'7.1': [ 'forky', 'sid' ],
	'6.8': [ 'trixie' ],
};

export type WordPressBranch = '7.1' | '6.8';

/** The libraries that Debian takes out of the package and links back to. */
const LINKED = /^(libjs-|libphp-|php-getid3$|wordpress-theme-twentytwentyfive$)/;
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const GIVE_UP_S = 3;

/** The packages that `wordpress` needs beside it, from the text of `apt-cache show wordpress`. */
export function linkedPackages( shown: string ): string[] {
	const fields = shown.split( '\n\n' )[ 0 ]?.matchAll( /^(?:Depends|Recommends): (.+)$/gm ) ?? [];
	const names = [ ...fields ]
		.flatMap( ( [ , list ] ) => ( list ?? '' ).split( ',' ) )
		.map( ( entry ) => entry.trim().split( /[ (|:]/ )[ 0 ] ?? '' )
		.filter( ( name ) => LINKED.test( name ) );
	return [ ...new Set( names ) ];
}

/** Fetches a branch into a new folder, and says which suite it came from. */
export async function fromDebian( branch: WordPressBranch, into: string, scratch: string ): Promise< string > {
	const mirror = await readMirror();
	if ( ! mirror ) {
		throw new FriendlyError( 'this machine has no apt with a Debian mirror' );
	}
	const failures: string[] = [];
	for ( const suite of SUITES[ branch ] ) {
		try {
			await fromSuite( mirror, suite, into, join( scratch, suite ) );
			return `Debian ${ suite }`;
		} catch ( error ) {
			failures.push( `${ suite }: ${ ( error as Error ).message }` );
			await rm( into, { recursive: true, force: true } );
		}
	}
	throw new FriendlyError( failures.join( '\n' ) );
}

async function fromSuite( mirror: string, suite: string, into: string, scratch: string ): Promise< void > {
	const options = await privateApt( mirror, suite, scratch );
	const downloads = join( scratch, 'downloads' );
	const tree = join( scratch, 'tree' );
	await run( 'apt-get', [ ...options, '--quiet', 'update' ] );
	const shown = await capture( 'apt-cache', [ ...options, 'show', 'wordpress' ] );
	await run( 'apt-get', [ ...options, '--quiet', 'download', 'wordpress', ...linkedPackages( shown ) ], {
		cwd: downloads,
	} );
	for ( const file of await readdir( downloads ) ) {
		await run( 'dpkg', [ '-x', join( downloads, file ), tree ] );
	}
	await copyResolved( tree, into );
}

/** An apt that reads one source, writes one folder, and asks for nothing else. */
async function privateApt( mirror: string, suite: string, scratch: string ): Promise< string[] > {
	for ( const folder of [ 'lists/partial', 'cache/archives/partial', 'downloads', 'tree' ] ) {
		await mkdir( join( scratch, folder ), { recursive: true } );
	}
	const signedBy = ( await exists( KEYRING ) ) ? `[signed-by=${ KEYRING }] ` : '';
	await writeFile( join( scratch, 'sources.list' ), `deb ${ signedBy }${ mirror } ${ suite } main\n` );
	await writeFile( join( scratch, 'status' ), '' );
	const settings = {
		'Dir::State': scratch,
		'Dir::State::Lists': join( scratch, 'lists' ),
		'Dir::State::status': join( scratch, 'status' ),
		'Dir::Cache': join( scratch, 'cache' ),
		'Dir::Etc::SourceList': join( scratch, 'sources.list' ),
		'Dir::Etc::SourceParts': '-',
		'APT::Sandbox::User': '',
		'Acquire::Languages': 'none',
		'Acquire::IndexTargets::deb::DEP-11::DefaultEnabled': 'false',
		'Acquire::Retries': '0',
		'Acquire::http::Timeout': String( GIVE_UP_S ),
		'Acquire::https::Timeout': String( GIVE_UP_S ),
	};
	return Object.entries( settings ).flatMap( ( [ name, value ] ) => [ '-o', `${ name }=${ value }` ] );
}

/** Debian links many files to other packages: the copy holds the files themselves, and none of Debian's settings. */
async function copyResolved( tree: string, into: string ): Promise< void > {
	const source = join( tree, 'usr/share/wordpress' );
	await rm( join( source, '.htaccess' ), { force: true } );
	await rm( join( source, 'wp-config.php' ), { force: true } );
	await cp( source, into, { recursive: true, dereference: true, filter: ( path ) => exists( path ) } );
	await readFile( join( into, 'wp-includes/version.php' ) );
}

async function exists( path: string ): Promise< boolean > {
	return stat( path ).then(
		() => true,
		() => false
	);
}
