import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildMailbox } from '../../tools/emulators/mailbox/app.ts';
import { call, listen } from './helpers.ts';

const mail = { to: 'ada@example.com', subject: 'Your picture <ready>', text: 'Hello', html: '<p>Hello "Ada"</p>' };

test( 'keeps messages in order and gives them back', async ( t ) => {
	const url = await listen( t, buildMailbox() );
	assert.equal( ( await call( url, '/messages', mail ) ).status, 201 );
	await call( url, '/messages', { to: [ 'a@x.org', 'b@x.org' ], subject: 'Two', headers: { 'X-A': '1' } } );
	const { json } = await call( url, '/messages' );
	assert.deepEqual( Object.keys( json[ 0 ] ).sort(), [ 'at', 'html', 'subject', 'text', 'to' ] );
	assert.deepEqual( [ json[ 0 ].subject, json[ 1 ].to, json[ 1 ].html ], [ mail.subject, 'a@x.org, b@x.org', '' ] );
	assert.equal( ( await call( url, '/messages', { subject: 'nobody' } ) ).status, 400 );
	await call( url, '/messages', undefined, 'DELETE' );
	assert.deepEqual( ( await call( url, '/messages' ) ).json, [] );
} );

test( 'refuses the next deliveries on request', async ( t ) => {
	const url = await listen( t, buildMailbox() );
	await call( url, '/faults', { times: 2 } );
	assert.deepEqual(
		await Promise.all( [ 1, 2, 3 ].map( async () => ( await call( url, '/messages', mail ) ).status ) ),
		[ 500, 500, 201 ]
	);
	assert.equal( ( await call( url, '/messages' ) ).json.length, 1 );
	assert.equal( ( await call( url, '/faults', { times: -1 } ) ).status, 400 );
} );

test( 'shows a person the newest message first, without running what is in it', async ( t ) => {
	const url = await listen( t, buildMailbox() );
	assert.match( await ( await fetch( url ) ).text(), /No messages yet/ );
	await call( url, '/messages', mail );
	await call( url, '/messages', { ...mail, subject: 'Newer', html: '<script>alert(1)</script>' } );
	const page = await ( await fetch( url ) ).text();
	assert.ok( page.indexOf( 'Newer' ) < page.indexOf( 'Your picture &lt;ready&gt;' ) );
	assert.ok( ! page.includes( '<script>' ) && page.includes( 'sandbox=' ) );
} );
