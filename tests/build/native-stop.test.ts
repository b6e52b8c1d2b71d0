import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { REPOSITORY } from '../../tools/native/root.ts';

/** A site in the making: a server with workers runs, files are unpacked, programs come and go, and another server is started every moment. */
const SITE = `
import { writeFile } from 'node:fs/promises';
import { temporaryFolder } from './tools/native/groups.ts';
import { run, startService } from './tools/native/process.ts';
const { path, remove } = await temporaryFolder( 'smi-stop-' );
const serve = () => startService( 'server', 'sh', [ '-c', "trap '' TERM; sleep $LENGTH & sleep $LENGTH" ] );
const first = serve();
for ( let n = 0; n < 1000; n++ ) {
	await Promise.all( Array.from( { length: 20 }, ( _, i ) => writeFile( path + '/' + n + '-' + i, 'x' ) ) );
	await run( 'sh', [ '-c', 'sleep 0.05' ] );
	console.log( 'going on' );
	if ( process.env.HOW === 'error' ) {
		throw new Error( 'Out of luck.' );
	}
	if ( process.env.HOW === 'order' ) {
		process.kill( -first.pid, 'SIGKILL' );
		remove();
		break;
	}
	serve();
}`;

/** Runs it until it says that it goes on, then ends it. What is left is counted for a while: the system needs a moment. */
async function leftAfter( how: string, end: ( pid: number ) => Promise< void > | void = () => {} ) {
	const temporary = await mkdtemp( join( tmpdir(), 'smi-left-' ) );
	// Found among all processes by the odd time that they sleep.
	const length = `9${ process.pid }.${ Date.now() % 1000 }`;
	const site = spawn( process.execPath, [ '--import', 'tsx', '--input-type=module', '--eval', SITE ], {
		cwd: REPOSITORY,
		env: { ...process.env, TMPDIR: temporary, LENGTH: length, HOW: how },
		stdio: [ 'ignore', 'pipe', 'ignore' ],
		detached: true,
	} );
	const ended = once( site, 'exit' );
	await once( site.stdout, 'data' );
	await end( site.pid ?? 0 );
	const [ code, signal ] = await ended;
	// The loader of TypeScript keeps a folder there as well.
	const folders = async () => ( await readdir( temporary ) ).filter( ( name ) => name.startsWith( 'smi-' ) );
	const look = async () => [ ...( await folders() ), ...running( length ) ];
	for ( let looks = 0; looks < 50 && ( await look() ).length > 0; looks++ ) {
		await sleep( 100 );
	}
	const left = await look();
	await rm( temporary, { recursive: true, force: true } );
	return { code, signal, left };
}

function send( pid: number, name: NodeJS.Signals ): void {
	try {
		process.kill( pid, name );
	} catch {
		// It has ended already.
	}
}

const running = ( length: string ) =>
	execFileSync( 'ps', [ '-A', '-o', 'args' ], { encoding: 'utf8' } )
		.split( '\n' )
		.filter( ( line ) => line.includes( `sleep ${ length }` ) );

test( 'a site that is stopped while it is made leaves nothing, also when the signal comes twice, as from timeout', async () => {
	const stopped = await leftAfter( 'signal', async ( pid ) => {
		for ( const next of [ pid, -pid, -pid ] ) {
			send( next, 'SIGTERM' );
			await sleep( 20 );
		}
	} );
	assert.deepEqual( stopped, { code: 143, signal: null, left: [] } );
} );

test( 'one that is killed, or fails, leaves nothing either', async () => {
	const killed = await leftAfter( 'signal', ( pid ) => send( -pid, 'SIGKILL' ) );
	assert.deepEqual( killed, { code: null, signal: 'SIGKILL', left: [] } );
	assert.deepEqual( await leftAfter( 'error' ), { code: 1, signal: null, left: [] } );
} );

test( 'one that was stopped in order keeps its process no longer', async () => {
	assert.deepEqual( await leftAfter( 'order' ), { code: 0, signal: null, left: [] } );
} );
