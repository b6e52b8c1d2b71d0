import assert from 'node:assert/strict';
import { test } from 'node:test';

// The address of the prepared site; tools/native sets it.
const url = process.env.SMI_URL ?? '';
const route = `${ url }/wp-json/smi/v1/jobs/export`;
const owner = {
	Authorization: `Basic ${ Buffer.from( `admin:${ process.env.SMI_APP_PASSWORD ?? '' }` ).toString( 'base64' ) }`,
};

/** Logs in as a person would: cookies, and the nonce that belongs to them. */
async function logIn(): Promise< { cookie: string; nonce: string } > {
	const answer = await fetch( `${ url }/wp-login.php`, {
		method: 'POST',
		redirect: 'manual',
		headers: { Cookie: 'wordpress_test_cookie=WP%20Cookie%20check' },
		body: new URLSearchParams( { log: 'admin', pwd: 'password', testcookie: '1' } ),
	} );
	const cookie = answer.headers
		.getSetCookie()
		.map( ( one ) => one.split( ';' )[ 0 ] )
		.join( '; ' );
	const nonce = await fetch( `${ url }/wp-admin/admin-ajax.php?action=rest-nonce`, { headers: { Cookie: cookie } } );
	return { cookie, nonce: await nonce.text() };
}

test( 'an export is a file to save, in pieces, kept nowhere', async () => {
	const answer = await fetch( `${ route }?columns=job_id,email&timezone=Europe/Berlin`, { headers: owner } );
	assert.equal( answer.status, 200 );
	assert.equal( answer.headers.get( 'content-type' ), 'text/csv; charset=utf-8' );
	assert.match(
		answer.headers.get( 'content-disposition' ) ?? '',
		/^attachment; filename="jobs-native-test-site-\d{4}-\d\d-\d\d\.csv"$/
	);
	assert.equal( answer.headers.get( 'transfer-encoding' ), 'chunked' );
	assert.match( answer.headers.get( 'cache-control' ) ?? '', /no-store/ );
	assert.match( answer.headers.get( 'x-wp-total' ) ?? '', /^\d+$/ );
	const bytes = new Uint8Array( await answer.arrayBuffer() );
	assert.deepEqual( [ ...bytes.slice( 0, 3 ) ], [ 0xef, 0xbb, 0xbf ] );
	assert.match( new TextDecoder().decode( bytes ), /^job_id,email\r\n/ );
} );

test( 'a refused export is an ordinary error with its own status', async () => {
	for ( const [ query, headers, status ] of [
		[ '', {}, 401 ],
		[ '?columns=secret', owner, 400 ],
		[ '?timezone=Mars/Base', owner, 400 ],
		[ '?format=xlsx', owner, 400 ],
	] as const ) {
		const answer = await fetch( `${ route }${ query }`, { headers } );
		assert.equal( answer.status, status, query );
		assert.match( answer.headers.get( 'content-type' ) ?? '', /^application\/json/ );
		assert.equal( answer.headers.get( 'content-disposition' ), null );
		assert.ok( ( ( await answer.json() ) as { code: string } ).code );
	}
} );

test( 'a link of the screen downloads with cookies and a nonce, and not without the nonce', async () => {
	const { cookie, nonce } = await logIn();
	const link = `${ route }?format=ndjson`;
	const allowed = await fetch( `${ link }&_wpnonce=${ nonce }`, { headers: { Cookie: cookie } } );
	assert.equal( allowed.status, 200 );
	assert.equal( allowed.headers.get( 'content-type' ), 'application/x-ndjson' );
	assert.equal( ( await fetch( link, { headers: { Cookie: cookie } } ) ).status, 401 );
	assert.equal( ( await fetch( `${ link }&_wpnonce=0000000000`, { headers: { Cookie: cookie } } ) ).status, 403 );
} );

test( 'a form posts a selection, and is told when PHP cut it off', async () => {
	const ids = Array.from(
		{ length: 1500 },
		( _, at ) => `abcd0000-0000-4000-8000-${ String( at ).padStart( 12, '0' ) }`
	);
	const whole = await fetch( route, {
		method: 'POST',
		headers: owner,
		body: new URLSearchParams( { ids: ids.join( ',' ), format: 'ndjson' } ),
	} );
	assert.equal( whole.status, 200 );
	assert.equal( whole.headers.get( 'x-wp-total' ), '0' );
	assert.equal( await whole.text(), '' );
	const json = await fetch( route, {
		method: 'POST',
		headers: { ...owner, 'Content-Type': 'application/json' },
		body: JSON.stringify( { ids, columns: [ 'job_id' ] } ),
	} );
	assert.equal( await json.text().then( ( text ) => text.slice( -8 ) ), 'job_id\r\n' );
	const cut = await fetch( route, {
		method: 'POST',
		headers: owner,
		body: new URLSearchParams( ids.map( ( id ) => [ 'ids[]', id ] ) ),
	} );
	assert.equal( cut.status, 400 );
	assert.match( await cut.text(), /commas/ );
} );

test( 'HEAD says what an export would be', async () => {
	const answer = await fetch( `${ route }?_fields=job_id`, { method: 'HEAD', headers: owner } );
	assert.equal( answer.status, 200 );
	assert.match( answer.headers.get( 'content-disposition' ) ?? '', /attachment/ );
} );
