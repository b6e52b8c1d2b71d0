/**
 * Runs something on Node 24, whichever Node runs this: the bridge's image is built on it, and both must carry the bridge.
 * `node tools/build/node-24.mjs <arguments of node>`
 */
import { execFile, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const VERSION = '24.22.3';
const FOLDER = fileURLToPath( new URL( '../../.cache/node-24', import.meta.url ) );

/**
 * Where Node 24 is; it is fetched once, as the package that npm has of it.
 *
 * @return {Promise<string>} The program's path.
 */
export async function node24() {
	if ( process.versions.node.startsWith( '24.' ) ) {
		return process.execPath;
	}
	const name = `node-${ process.platform }-${ process.arch }`;
	const folder = join( FOLDER, VERSION );
	const program = join( folder, 'node_modules', name, 'bin/node' );
	if ( ! existsSync( program ) ) {
		await mkdir( folder, { recursive: true } );
		await writeFile( join( folder, 'package.json' ), '{ "private": true }\n' );
		const args = [ 'install', `${ name }@${ VERSION }`, '--ignore-scripts', '--no-audit', '--no-fund' ];
		await promisify( execFile )( 'npm', args, { cwd: folder } );
	}
	return program;
}

async function main() {
	const child = spawn( await node24(), process.argv.slice( 2 ), { stdio: 'inherit' } );
	for ( const signal of [ 'SIGINT', 'SIGTERM' ] ) {
		process.on( signal, () => child.kill( signal ) );
	}
	child.on( 'exit', ( code, signal ) => process.exit( code ?? 128 + ( constants.signals[ signal ] ?? 0 ) ) );
}

if ( import.meta.url === pathToFileURL( process.argv[ 1 ] ?? '' ).href ) {
	await main();
}
