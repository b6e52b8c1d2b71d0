import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const PRELOAD = fileURLToPath( new URL( '../../tools/sandbox/listen-on-loopback.cjs', import.meta.url ) );

/** Every way of naming nothing, or everything, to listen on. */
const OPEN = [
	'server.listen( 0, say )',
	"server.listen( '0', say )",
	'server.listen( 0, undefined, say )',
	'server.listen( 0, 128, say )',
	"server.listen( 0, '0.0.0.0', say )",
	"server.listen( 0, '::', 128, say )",
	'server.listen( { port: 0 }, say )',
	"server.listen( { port: 0, host: '0.0.0.0' }, say )",
	'server.listen( say )',
];

interface Listening {
	address: string;
	port: number;
	stop: () => void;
}

async function listen( statement: string, preload: boolean ): Promise< Listening > {
	const script = `
		const server = require( 'node:http' ).createServer();
		const say = () => process.stdout.write( JSON.stringify( server.address() ) );
		${ statement };`;
	const args = [ ...( preload ? [ '--require', PRELOAD ] : [] ), '-e', script ];
	const child = spawn( process.execPath, args, { stdio: [ 'ignore', 'pipe', 'inherit' ] } );
	const [ text ] = ( await once( child.stdout, 'data' ) ) as [ Buffer ];
	return { ...( JSON.parse( text.toString() ) as { address: string; port: number } ), stop: () => child.kill() };
}

for ( const statement of OPEN ) {
	test( `listens on this machine only after ${ statement }`, async () => {
		const { address, stop } = await listen( statement, true );
		stop();
		assert.equal( address, '127.0.0.1' );
	} );
}

test( 'leaves an address that somebody chose alone', async () => {
	const { address, stop } = await listen( "server.listen( 0, '127.0.0.2', say )", true );
	stop();
	assert.equal( address, '127.0.0.2' );
} );

test( 'would listen everywhere without the preload', async () => {
	const { address, stop } = await listen( 'server.listen( 0, say )', false );
	stop();
	assert.match( address, /^(::|0\.0\.0\.0)$/ );
} );

const outside = Object.values( networkInterfaces() )
	.flat()
	.find( ( one ) => one && ! one.internal && one.family === 'IPv4' );

test( 'cannot be reached by the address other machines would use', { skip: ! outside }, async () => {
	const { port, stop } = await listen( 'server.listen( 0, say )', true );
	const socket = connect( { port, host: outside?.address ?? '', timeout: 2000 } );
	const [ error ] = ( await once( socket, 'error' ) ) as [ NodeJS.ErrnoException ];
	stop();
	assert.equal( error.code, 'ECONNREFUSED' );
} );
