/**
 * `npm run check`: the quick part of CI, in two minutes: types, linters, layers and the quick tests.
 */
import { fileURLToPath } from 'node:url';
import { close, countExit, countJest, nodeTestLane, runLanes } from './build/lanes.mjs';
import { staticLanes } from './build/static-lanes.mjs';

process.chdir( fileURLToPath( new URL( '..', import.meta.url ) ) );
process.on( 'SIGINT', () => process.exit( 130 ) );

process.exitCode = close(
	await runLanes( [
		{
			name: 'contract types',
			command: process.execPath,
			args: [ 'tools/build/generate-contract-types.mjs', '--check' ],
			count: countExit,
		},
		staticLanes(),
		{
			name: 'tests/admin',
			command: 'npx',
			args: [ '--no-install', 'wp-scripts', 'test-unit-js', '--config', 'jest.config.js' ],
			count: countJest,
			env: { CI: 'true' },
		},
		nodeTestLane( 'tests/emulators' ),
		nodeTestLane( 'tests/bridge' ),
	] )
);
