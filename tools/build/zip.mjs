/**
 * Makes build/sell-my-images.zip: what a site installs. By allow-list, so that nothing gets in by being there; the same
 * files always give the same bytes.
 */
import { createWriteStream, existsSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ZipFile } from 'yazl';
import { compileLanguages } from './i18n-compile.mjs';
import { filesBelow } from './lanes.mjs';

const ROOT = fileURLToPath( new URL( '../..', import.meta.url ) );
const PLUGIN = 'sell-my-images';

export const ZIP = join( ROOT, 'build', `${ PLUGIN }.zip` );

const SINGLE_FILES = [ 'sell-my-images.php', 'uninstall.php', 'readme.txt', 'LICENSE', 'CHANGELOG.md' ];
const REQUIRED = [ 'sell-my-images.php', 'readme.txt', 'LICENSE', 'build/jobs/index.js' ];

// Folder, and what of it a site needs.
const FOLDERS = [
	[ 'plugin', /\.(php|schema\.json)$/ ],
	[ 'build/jobs', /\.(js|css|asset\.php)$/ ],
	[ 'build/settings', /\.(js|css|asset\.php)$/ ],
	[ 'build/commands', /\.(js|asset\.php)$/ ],
	[ 'build/blocks', /\.(js|css|asset\.php|block\.json)$|\/block\.json$/ ],
	[ 'languages', /\.(pot|po|mo|l10n\.php|json)$/ ],
];

// Zip knows no zone and no year before 1980; any fixed time does.
const MTIME = new Date( 2020, 0, 1, 0, 0, 0 );

/**
 * The files of the zip, paths from the repository's folder, sorted.
 *
 * @param {string} root The repository.
 * @return {string[]} Paths with `/`.
 */
export function zipContents( root = ROOT ) {
	const inFolders = FOLDERS.flatMap( ( [ folder, wanted ] ) =>
		filesBelow( join( root, folder ), '' )
			.map( ( path ) => path.slice( join( root, '/' ).length ).replaceAll( '\\', '/' ) )
			.filter( ( path ) => wanted.test( path ) )
	);
	const single = SINGLE_FILES.filter( ( name ) => existsSync( join( root, name ) ) );
	return [ ...single, ...inFolders ].sort();
}

/**
 * Writes the zip.
 *
 * @param {string} target Where to.
 * @param {string} root   The repository.
 * @return {Promise<{files: number, bytes: number}>} What it became.
 */
export async function makeZip( target = ZIP, root = ROOT ) {
	compileLanguages( root );
	const contents = zipContents( root );
	const missing = REQUIRED.filter( ( name ) => ! contents.includes( name ) );
	if ( missing.length ) {
		throw new Error( `The zip would lack ${ missing.join( ', ' ) }. Build first: npm run build` );
	}
	const zip = new ZipFile();
	for ( const name of contents ) {
		zip.addFile( join( root, name ), `${ PLUGIN }/${ name }`, {
			mtime: MTIME,
			mode: 0o100644,
			forceDosTimestamp: true,
		} );
	}
	zip.end();
	await mkdir( dirname( target ), { recursive: true } );
	await pipeline( zip.outputStream, createWriteStream( target ) );
	return { files: contents.length, bytes: statSync( target ).size };
}

if ( import.meta.url === pathToFileURL( process.argv[ 1 ] ?? '' ).href ) {
	const { files, bytes } = await makeZip();
	console.log( `build/${ PLUGIN }.zip: ${ files } files, ${ Math.round( bytes / 1000 ) } kB` );
}
