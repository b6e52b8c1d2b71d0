import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const PRELOAD = fileURLToPath( new URL( '../../tools/sandbox/exit-with-parent.cjs', import.meta.url ) );

const PARENT = `
	const child = require( 'node:child_process' ).spawn( process.execPath,
		[ '--require', ${ JSON.stringify( PRELOAD ) }, '-e', 'setInterval( () => {}, 1000 )' ],
		{ detached: true, stdio: [ 'ignore', 'ignore', 'ignore', 'ipc' ] } );
	process.stdout.write( String( child.pid ) );
	setInterval( () => {}, 1000 );`;

test( 'a part does not outlive a supervisor that was killed', async () => {
	const parent = spawn( process.execPath, [ '-e', PARENT ], { stdio: [ 'ignore', 'pipe', 'inherit' ] } );
	const [ text ] = ( await once( parent.stdout, 'data' ) ) as [ Buffer ];
	const part = Number( text.toString() );
	await sleep( 300 );
	assert.ok( process.kill( part, 0 ) );
	parent.kill( 'SIGKILL' );
	for ( let waited = 0; isRunning( part ) && waited < 5000; waited += 50 ) {
		await sleep( 50 );
	}
	assert.ok( ! isRunning( part ) );
} );

function isRunning( pid: number ): boolean {
	try {
		process.kill( pid, 0 );
		return true;
	} catch {
		return false;
	}
}
