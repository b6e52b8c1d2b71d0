/**
 * Every lane of CI, some of them two at a time; .ci/run installs what they need and starts this. Words on the command line choose lanes by
 * name, for trying one out: `.ci/run phpcs`.
 */
import { fileURLToPath } from 'node:url';
import { close, countExit, countPlain, nodeTestLane, runLanes } from './lanes.mjs';
import { staticLanes } from './static-lanes.mjs';

const MINUTE = 60_000;

process.chdir( fileURLToPath( new URL( '../..', import.meta.url ) ) );
process.on( 'SIGINT', () => process.exit( 130 ) );
process.on( 'SIGTERM', () => process.exit( 143 ) );

const native = ( version, ...more ) => ( {
	name: [ 'native WordPress', version, ...more ].join( ' ' ),
	command: process.execPath,
	args: [ '--import', 'tsx', 'tools/native/cli.ts', '--wp', version, ...more ],
	count: countPlain,
	timeoutMs: 25 * MINUTE,
} );

const phpstan = ( name, config ) => ( {
	name,
	command: 'php',
	args: [ 'vendor/bin/phpstan', 'analyse', '--configuration', config, '--memory-limit=2G', '--no-progress' ],
	count: countExit,
} );

/** Each file opens a world of its own with a browser: side by side they would make each other wait. */
const oneByOne = ( lane ) => ( { ...lane, args: [ '--test-concurrency=1', ...lane.args ] } );

/** The bridge's image is built on another Node than the one its users may have. */
const onNode24 = ( lane ) => ( {
	...lane,
	name: `${ lane.name } on Node 24`,
	args: [ 'tools/build/node-24.mjs', ...lane.args ],
} );

const only = process.argv.slice( 2 );
const isWanted = ( { name } ) => ! only.length || only.some( ( word ) => name.includes( word ) );

process.exitCode = close(
	await runLanes(
		[
			{
				name: 'npm test',
				command: 'npm',
				args: [ 'test', '--silent' ],
				count: countPlain,
				timeoutMs: 20 * MINUTE,
				echo: true,
			},
			[
				phpstan( 'static analysis (phpstan)', 'phpstan.neon.dist' ),
				{ name: 'coding standard (phpcs)', command: 'php', args: [ 'vendor/bin/phpcs' ], count: countExit },
				phpstan( 'static analysis of the money (phpstan)', 'phpstan-money.neon.dist' ),
				phpstan( 'static analysis of the native tests (phpstan)', 'phpstan-tests.neon.dist' ),
				...staticLanes(),
			],
			{ name: 'bundle', command: process.execPath, args: [ 'tools/build/check-bundle.mjs' ], count: countPlain },
			nodeTestLane( 'tests/container' ),
			onNode24( nodeTestLane( 'tests/bridge' ) ),
			// The longest first.
			[
				oneByOne( nodeTestLane( 'tests/faults', { timeoutMs: 30 * MINUTE } ) ),
				native( '7.1', '--hostile' ),
				// A first few; `npm run schedules` tries more.
				nodeTestLane( 'tests/schedules', { timeoutMs: 15 * MINUTE, env: { SMI_SEEDS: '40' } } ),
				native( '7.1' ),
				native( '6.8' ),
				native( '7.1', '--multisite' ),
			],
			oneByOne( nodeTestLane( 'tests/e2e', { timeoutMs: 40 * MINUTE } ) ),
		].map( ( next ) => [ next ].flat().filter( isWanted ) )
	)
);
