/**
 * `npm test`: every test that needs Node alone. Installs what is missing, builds, runs all suites, and ends with the sum.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { close, countExit, countJest, nodeTestLane, runLanes } from './build/lanes.mjs';

const ROOT = fileURLToPath( new URL( '..', import.meta.url ) );
const MINUTE = 60_000;

// A folder of tests each; one that is missing or empty is a failure.
const SUITES = [ 'build', 'emulators', 'bridge', 'sandbox', 'contract', 'sale' ];

process.chdir( ROOT );
process.on( 'SIGINT', () => process.exit( 130 ) );
process.on( 'SIGTERM', () => process.exit( 143 ) );

const results = await runLanes( [ install() ] );
if ( results.every( ( { failed } ) => failed === 0 ) ) {
	results.push( ...( await runLanes( lanes( process.argv.slice( 2 ) ) ) ) );
}
process.exitCode = close( results );

function install() {
	const own = existsSync( 'tools/install-dependencies.mjs' );
	return {
		name: 'install',
		...( own
			? node(
					'-e',
					"import( './tools/install-dependencies.mjs' ).then( ( { installDependencies } ) => installDependencies( console.log ) )"
				)
			: { command: 'npm', args: [ existsSync( 'node_modules/.package-lock.json' ) ? '--version' : 'ci' ] } ),
		count: countExit,
		timeoutMs: 15 * MINUTE,
	};
}

/**
 * @param {string[]} only Names of suites to run alone, for trying things out.
 */
function lanes( only ) {
	const all = [
		{ name: 'contract types', ...node( 'tools/build/generate-contract-types.mjs', '--check' ), count: countExit },
		{ name: 'build', command: 'npm', args: [ 'run', '--silent', 'build' ], count: countExit },
		{ name: 'zip', ...node( 'tools/build/zip.mjs' ), count: countExit },
		{
			name: 'tests/admin',
			...node(
				'node_modules/@wordpress/scripts/bin/wp-scripts.js',
				'test-unit-js',
				'--config',
				'jest.config.js'
			),
			count: countJest,
			env: { CI: 'true' },
		},
		...SUITES.map( ( suite ) => nodeTestLane( `tests/${ suite }`, { timeoutMs: 12 * MINUTE } ) ),
	];
	return only.length ? all.filter( ( { name } ) => only.some( ( word ) => name.includes( word ) ) ) : all;
}

function node( ...args ) {
	return { command: process.execPath, args };
}
