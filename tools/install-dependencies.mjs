/**
 * Installs what package-lock.json names, when that has not been done yet. Node's own modules only: it runs first.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const REPOSITORY = fileURLToPath( new URL( '..', import.meta.url ) );

const MARK = join( REPOSITORY, 'node_modules', '.smi-lock-hash' );
const LOCK = join( REPOSITORY, 'package-lock.json' );
const WANTED = [ 20, 19 ];

/** Ends the process with a sentence when Node is too old. */
export function requireNode() {
	const [ major = 0, minor = 0 ] = process.versions.node.split( '.' ).map( Number );
	if ( major < WANTED[ 0 ] || ( major === WANTED[ 0 ] && minor < WANTED[ 1 ] ) ) {
		process.stderr.write(
			`Sell My Images needs Node ${ WANTED.join( '.' ) } or newer; this is ${ process.versions.node }. Install a newer Node from nodejs.org and start again.\n`
		);
		process.exit( 1 );
	}
}

/** @return {boolean} Whether node_modules holds what the lock file names. */
export function isInstalled() {
	return existsSync( MARK ) && readFileSync( MARK, 'utf8' ) === lockHash();
}

/**
 * Runs `npm ci`, unless it has been run for this lock file.
 *
 * @param {(line: string) => void} log Hears what is happening.
 */
export function installDependencies( log ) {
	if ( isInstalled() ) {
		return;
	}
	if ( matchesHiddenLock() ) {
		// Somebody ran npm ci by hand: nothing to repeat.
		writeFileSync( MARK, lockHash() );
		return;
	}
	log( 'Installing what the project needs (npm ci): a few minutes the first time …' );
	const result = spawnSync(
		process.platform === 'win32' ? 'npm.cmd' : 'npm',
		[ 'ci', '--no-audit', '--no-fund', '--loglevel=error' ],
		{
			cwd: REPOSITORY,
			stdio: [ 'ignore', 'pipe', 'inherit' ],
			shell: process.platform === 'win32',
		}
	);
	if ( result.status !== 0 ) {
		process.stderr.write(
			'npm could not install the dependencies (see above). Check the network and start again; nothing else was changed.\n'
		);
		process.exit( 1 );
	}
	writeFileSync( MARK, lockHash() );
}

function lockHash() {
	return createHash( 'sha256' ).update( readFileSync( LOCK ) ).digest( 'hex' );
}

/** npm keeps what it installed in node_modules/.package-lock.json: the same versions mean a finished installation. */
function matchesHiddenLock() {
	const hidden = join( REPOSITORY, 'node_modules', '.package-lock.json' );
	if ( ! existsSync( hidden ) ) {
		return false;
	}
	const installed = JSON.parse( readFileSync( hidden, 'utf8' ) ).packages;
	const wanted = JSON.parse( readFileSync( LOCK, 'utf8' ) ).packages;
	return Object.entries( wanted ).every(
		( [ path, { version, optional, link } ] ) =>
			path === '' ||
			optional ||
			link ||
			! path.startsWith( 'node_modules/' ) ||
			installed[ path ]?.version === version
	);
}
