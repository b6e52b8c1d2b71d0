/**
 * `npm start`: installs what is missing, builds what is stale, then starts the sandbox. `--reset` forgets it instead.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installDependencies, REPOSITORY, requireNode } from './install-dependencies.mjs';

const BUILD_MARK = join( REPOSITORY, 'build', '.smi-built' );
const SOURCES = [ 'admin-src', 'webpack.config.js', 'package-lock.json' ];

const say = ( line ) => process.stdout.write( `${ line }\n` );

requireNode();
installDependencies( say );
process.chdir( REPOSITORY );
const { register } = await import( 'tsx/esm/api' );
register();
const { checkFirst, main } = await import( './sandbox/main.ts' );

const args = process.argv.slice( 2 );
if ( ! args.includes( '--reset' ) ) {
	await checkFirst();
	build();
}
await main( args );

/** Runs `npm run build` when a source changed since the last one. */
function build() {
	const newest = Math.max( ...SOURCES.map( ( name ) => newestIn( join( REPOSITORY, name ) ) ) );
	if ( existsSync( BUILD_MARK ) && Number( readFileSync( BUILD_MARK, 'utf8' ) ) >= newest ) {
		return;
	}
	say( 'Building the screens (npm run build) …' );
	const result = spawnSync( process.platform === 'win32' ? 'npm.cmd' : 'npm', [ 'run', '--silent', 'build' ], {
		cwd: REPOSITORY,
		encoding: 'utf8',
		shell: process.platform === 'win32',
	} );
	if ( result.status !== 0 ) {
		process.stderr.write(
			`${ result.stdout }\n${ result.stderr }\nThe screens could not be built: the text above says where.\n`
		);
		process.exit( 1 );
	}
	writeFileSync( BUILD_MARK, String( newest ) );
}

function newestIn( path ) {
	if ( ! existsSync( path ) ) {
		return 0;
	}
	const own = statSync( path );
	if ( ! own.isDirectory() ) {
		return own.mtimeMs;
	}
	return Math.max( own.mtimeMs, ...readdirSync( path ).map( ( name ) => newestIn( join( path, name ) ) ) );
}
