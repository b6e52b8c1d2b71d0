import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
	countExit,
	countJest,
	countNodeTest,
	countPhpunit,
	countPlain,
	filesBelow,
	judge,
	nodeTestLane,
	resultLine,
	runLane,
	runLanes,
} from '../../tools/build/lanes.mjs';

const node = ( code: string, extra = {} ) => ( {
	name: 'a lane',
	command: process.execPath,
	args: [ '-e', code ],
	count: countPlain,
	...extra,
} );

test( 'counts what Node’s runner says, in both of its ways', () => {
	const spec = 'ℹ tests 6\nℹ pass 3\nℹ fail 1\nℹ cancelled 1\nℹ skipped 1\nℹ todo 0\n';
	const tap = '# tests 2\n# pass 2\n# fail 0\n# cancelled 0\n# skipped 0\n# todo 0\n';
	assert.deepEqual( countNodeTest( spec ), { passed: 3, failed: 2, skipped: 1 } );
	assert.deepEqual( countNodeTest( tap ), { passed: 2, failed: 0, skipped: 0 } );
	assert.equal( countNodeTest( 'pass 3' ), null );
} );

test( 'counts Jest’s tests, and a suite that could not start', () => {
	const fine = 'Test Suites: 2 passed, 2 total\nTests:       5 passed, 5 total\n';
	const broken = 'Test Suites: 1 failed, 1 passed, 2 total\nTests:       3 passed, 3 total\n';
	assert.deepEqual( countJest( fine ), { passed: 5, failed: 0, skipped: 0 } );
	assert.deepEqual( countJest( broken ), { passed: 3, failed: 1, skipped: 0 } );
	assert.equal( countJest( 'No tests found' ), null );
} );

test( 'counts PHPUnit’s tests, with what did not run as failed', () => {
	assert.deepEqual( countPhpunit( 'OK (5 tests, 9 assertions)' ), { passed: 5, failed: 0 } );
	assert.deepEqual( countPhpunit( 'OK (1 test, 1 assertion)' ), { passed: 1, failed: 0 } );
	const bad = 'FAILURES!\nTests: 9, Assertions: 20, Errors: 1, Failures: 2, Skipped: 1.\n';
	assert.deepEqual( countPhpunit( bad ), { passed: 5, failed: 4 } );
	assert.equal( countPhpunit( 'No tests executed!' ), null );
} );

test( 'takes the last closing line, alone on its line only', () => {
	const text = '1 passed, 0 failed\nlane: 9 passed, 9 failed\n7 passed, 2 failed\nbye\n';
	assert.deepEqual( countPlain( text ), { passed: 7, failed: 2 } );
	assert.equal( countPlain( 'lane: 9 passed, 9 failed' ), null );
	assert.deepEqual( countPlain( 'a\n3 left out on purpose\n7 passed, 0 failed\n' ), {
		passed: 7,
		failed: 0,
		skipped: 3,
	} );
} );

test( 'a bad end is a failure even when nothing was counted as one', () => {
	assert.deepEqual( judge( { passed: 4, failed: 0 }, 1 ), { passed: 4, failed: 1, skipped: 0 } );
	assert.deepEqual( judge( countExit(), 2 ), { passed: 0, failed: 1, skipped: 0 } );
	assert.deepEqual( judge( countExit(), 0 ), { passed: 1, failed: 0, skipped: 0 } );
} );

test( 'nothing counted is a failure even when it ended well', () => {
	assert.deepEqual( judge( null, 0 ), { passed: 0, failed: 1, skipped: 0 } );
	assert.deepEqual( judge( { passed: 0, failed: 0 }, 0 ), { passed: 0, failed: 1, skipped: 0 } );
} );

test( 'lanes of a group run two at a time, all others alone, and each is counted', async () => {
	const folder = await mkdtemp( join( tmpdir(), 'smi-lanes-' ) );
	const log = join( folder, 'log' );
	const noted = ( name: string ) => ( {
		...node(
			`const note = ( word ) => require( 'fs' ).appendFileSync( '${ log }', word + ' ${ name }\\n' );
			note( 'begins' ); setTimeout( () => { note( 'ends' ); console.log( '1 passed, 0 failed' ); }, 700 );`
		),
		name,
	} );
	const results = await runLanes( [ noted( 'a' ), [ noted( 'b' ), noted( 'c' ), noted( 'd' ) ], noted( 'e' ) ] );
	assert.deepEqual( results.map( ( { name, passed } ) => `${ name }${ passed }` ).sort(), [
		'a1',
		'b1',
		'c1',
		'd1',
		'e1',
	] );
	let running = '';
	const together = ( await readFile( log, 'utf8' ) )
		.trim()
		.split( '\n' )
		.map( ( line ) => {
			const [ word, name = '' ] = line.split( ' ' );
			running = word === 'begins' ? [ ...running, name ].sort().join( '' ) : running.replace( name, '' );
			return running;
		} );
	await rm( folder, { recursive: true } );
	assert.equal( Math.max( ...together.map( ( { length } ) => length ) ), 2 );
	assert.deepEqual(
		together.filter( ( names ) => /[ae]/.test( names ) ),
		[ 'a', 'e' ]
	);
} );

test( 'runs a lane and keeps what it said', async () => {
	const result = await runLane( node( 'console.error( "hm" ); console.log( "3 passed, 0 failed" )' ) );
	assert.equal( result.passed, 3 );
	assert.equal( result.failed, 0 );
	assert.match( result.output, /hm/ );
	assert.match( resultLine( result ), /^a lane: 3 passed, 0 failed \(\d+\.\d s\)$/ );
} );

test( 'a lane that hangs is ended, with its children, and has failed', async () => {
	const code = `
		const child = require( 'child_process' ).spawn( process.execPath, [ '-e', 'setInterval( () => {}, 1000 )' ] );
		console.log( 'child ' + child.pid );
		setInterval( () => {}, 1000 );`;
	const result = await runLane( node( code, { timeoutMs: 1500 } ) );
	assert.equal( result.failed, 1 );
	assert.match( result.output, /took too long/ );
	const pid = Number( result.output.match( /child (\d+)/ )?.[ 1 ] );
	assert.ok( pid > 0 );
	assert.equal( await stillRuns( pid ), false );
} );

test( 'a program that is not there has failed', async () => {
	const result = await runLane( node( '', { command: 'no-such-program-anywhere' } ) );
	assert.equal( result.failed, 1 );
} );

test( 'a folder without tests is a lane that fails', async () => {
	const folder = await mkdtemp( join( tmpdir(), 'smi-lanes-' ) );
	try {
		const result = await runLane( nodeTestLane( folder ) );
		assert.deepEqual( [ result.passed, result.failed ], [ 0, 1 ] );
		await writeFile( join( folder, 'b.test.ts' ), '' );
		await writeFile( join( folder, 'a.test.ts' ), '' );
		await writeFile( join( folder, 'a.ts' ), '' );
		assert.deepEqual( filesBelow( folder, '.test.ts' ), [
			join( folder, 'a.test.ts' ),
			join( folder, 'b.test.ts' ),
		] );
	} finally {
		await rm( folder, { recursive: true } );
	}
} );

/** Whether a process is still at work after a moment; one that only waits to be collected is not. */
async function stillRuns( pid: number ): Promise< boolean > {
	for ( let tries = 0; tries < 50; tries++ ) {
		const stat = await readFile( `/proc/${ pid }/stat`, 'utf8' ).catch( () => '' );
		if ( stat === '' || / Z /.test( stat ) ) {
			return false;
		}
		await sleep( 100 );
	}
	return true;
}
