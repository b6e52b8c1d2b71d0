import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSupervisor, type Supervisor } from '../../tools/sandbox/supervisor';

let dir = '';
let supervisor: Supervisor;
const folders: string[] = [];

beforeEach( async () => {
	dir = await mkdtemp( join( tmpdir(), 'smi-supervisor-' ) );
	folders.push( dir );
	supervisor = createSupervisor( dir, () => {} );
} );
afterEach( () => supervisor.stop() );
after( () => Promise.all( folders.map( ( folder ) => rm( folder, { recursive: true, force: true } ) ) ) );

const idle = { name: 'idle', args: [ '-e', 'setInterval( () => {}, 1000 )' ] };

async function readPids(): Promise< Record< string, number > > {
	return JSON.parse( await readFile( join( dir, 'pids.json' ), 'utf8' ) ) as Record< string, number >;
}

function isRunning( pid: number ): boolean {
	try {
		process.kill( pid, 0 );
		return true;
	} catch {
		return false;
	}
}

async function until( condition: () => Promise< boolean > | boolean, limitMs: number ): Promise< number > {
	const since = Date.now();
	while ( ! ( await condition() ) ) {
		assert.ok( Date.now() - since < limitMs, `not so after ${ limitMs } ms` );
		await sleep( 20 );
	}
	return Date.now() - since;
}

test( 'names each process in pids.json', async () => {
	supervisor.start( idle );
	supervisor.start( { ...idle, name: 'other' } );
	const pids = await readPids();
	assert.deepEqual( Object.keys( pids ), [ 'idle', 'other' ] );
	assert.ok( isRunning( pids[ 'idle' ] ?? 0 ) );
} );

test( 'starts a killed part again within two seconds, under a new id', async () => {
	supervisor.start( idle );
	const { idle: first = 0 } = await readPids();
	process.kill( first, 'SIGKILL' );
	await until( async () => {
		const { idle: second = first } = await readPids();
		return second !== first && isRunning( second );
	}, 2000 );
} );

test( 'starts a part again that dies every time, still within two seconds', async () => {
	const count = join( dir, 'count' );
	await writeFile( count, '' );
	const script = `require( 'node:fs' ).appendFileSync( ${ JSON.stringify( count ) }, Date.now() + '\\n' ); process.exit( 3 )`;
	supervisor.start( { name: 'fragile', args: [ '-e', script ] } );
	const births = async () => ( await readFile( count, 'utf8' ) ).trim().split( '\n' ).filter( Boolean ).map( Number );
	await until( async () => ( await births() ).length >= 6, 15_000 );
	const times = await births();
	const gaps = times.slice( 1 ).map( ( time, index ) => time - ( times[ index ] ?? 0 ) );
	// A process needs a moment to be born; the pause itself is what is promised.
	assert.ok( Math.max( ...gaps ) < 3000, `gaps ${ gaps.join( ', ' ) }` );
} );

test( 'ends every part when it stops, and starts none again', async () => {
	supervisor.start( idle );
	supervisor.start( {
		name: 'deaf',
		args: [ '-e', "process.on( 'SIGINT', () => {} ); setInterval( () => {}, 1000 )" ],
	} );
	const pids = Object.values( await readPids() );
	await supervisor.stop();
	assert.deepEqual( pids.filter( isRunning ), [] );
	await sleep( 400 );
	assert.deepEqual( await readPids(), {} );
} );

test( 'gives a part its environment and keeps what it says', async () => {
	supervisor.start( {
		name: 'talker',
		args: [ '-e', 'console.log( process.env.SMI_TEST_WORD ); setInterval( () => {}, 1000 )' ],
		env: { SMI_TEST_WORD: 'heard' },
	} );
	const log = () => readFile( join( dir, 'logs/talker.log' ), 'utf8' ).catch( () => '' );
	await until( async () => ( await log() ).includes( 'heard' ), 5000 );
} );
