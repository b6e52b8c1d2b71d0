import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import { after, test } from 'node:test';
import { portOf, readPort, requireFreePorts } from '../../tools/sandbox/ports';

const open: Server[] = [];
after( () => open.forEach( ( server ) => server.close() ) );

function occupy(): Promise< number > {
	return new Promise( ( resolve ) => {
		const server = createServer();
		open.push( server );
		server.listen( 0, '127.0.0.1', () => resolve( ( server.address() as { port: number } ).port ) );
	} );
}

test( 'names the taken port, who wanted it, and the remedy', async () => {
	const taken = await occupy();
	await assert.rejects( requireFreePorts( taken - 2 ), ( error: Error ) => {
		assert.match(
			error.message,
			new RegExp( `Port ${ taken }, wanted for the Stripe emulator, is already taken` )
		);
		assert.match( error.message, /SMI_PORT=\d+ npm start/ );
		return true;
	} );
} );

test( 'says nothing when all five ports are free', async () => {
	const near = await occupy();
	await new Promise( ( resolve ) => open.pop()?.close( resolve ) );
	await requireFreePorts( near );
} );

test( 'puts the other parts on the ports that follow', () => {
	assert.deepEqual(
		( [ 'wordpress', 'bridge', 'stripe', 'upsampler', 'mailbox' ] as const ).map( ( part ) =>
			portOf( part, 9400 )
		),
		[ 9400, 9401, 9402, 9403, 9404 ]
	);
} );

test( 'refuses a port that is no port, in words', () => {
	assert.equal( readPort( undefined ), 9400 );
	assert.equal( readPort( '9500' ), 9500 );
	assert.throws( () => readPort( 'lots' ), /SMI_PORT is "lots"/ );
	assert.throws( () => readPort( '65534' ), /1024 to 65530/ );
} );
