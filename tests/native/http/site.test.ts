import assert from 'node:assert/strict';
import { test } from 'node:test';

// The address of the prepared site; tools/native sets it.
const url = process.env.SMI_URL ?? '';
const basic = ( user: string, password: string ) =>
	`Basic ${ Buffer.from( `${ user }:${ password }` ).toString( 'base64' ) }`;

/** Logs in as a person would, and keeps the cookies. */
async function logIn(): Promise< string > {
	const answer = await fetch( `${ url }/wp-login.php`, {
		method: 'POST',
		redirect: 'manual',
		headers: { Cookie: 'wordpress_test_cookie=WP%20Cookie%20check' },
		body: new URLSearchParams( {
			log: 'admin',
			pwd: 'password',
			testcookie: '1',
		} ),
	} );
	assert.equal( answer.status, 302 );
	return answer.headers
		.getSetCookie()
		.map( ( cookie ) => cookie.split( ';' )[ 0 ] )
		.join( '; ' );
}

test( 'the front page answers', async () => {
	const answer = await fetch( `${ url }/` );
	assert.equal( answer.status, 200 );
	assert.match( await answer.text(), /Native test site/ );
} );

test( 'the REST index names the plugin’s namespace', async () => {
	const answer = await fetch( `${ url }/wp-json/`, {
		headers: { Authorization: basic( 'admin', process.env.SMI_APP_PASSWORD ?? '' ) },
	} );
	const index = ( await answer.json() ) as { namespaces: string[] };
	assert.ok( index.namespaces.includes( 'smi/v1' ) );
} );

test( 'jobs are closed to visitors, with an answer in JSON', async () => {
	const answer = await fetch( `${ url }/wp-json/smi/v1/jobs` );
	assert.equal( answer.status, 401 );
	const body = ( await answer.json() ) as { code: string };
	assert.ok( body.code );
} );

test( 'jobs are closed to a wrong application password', async () => {
	const answer = await fetch( `${ url }/wp-json/smi/v1/jobs`, {
		headers: { Authorization: basic( 'admin', 'not the password' ) },
	} );
	assert.equal( answer.status, 401 );
} );

test( 'jobs are open to an application password', async () => {
	const answer = await fetch( `${ url }/wp-json/smi/v1/jobs`, {
		headers: {
			Authorization: basic( 'admin', process.env.SMI_APP_PASSWORD ?? '' ),
		},
	} );
	assert.equal( answer.status, 200 );
} );

test( 'the plugins screen and the plugin’s own screens open without an error', async () => {
	const cookie = await logIn();
	for ( const path of [ 'index.php', 'plugins.php', 'admin.php?page=smi-jobs', 'admin.php?page=smi-settings' ] ) {
		const answer = await fetch( `${ url }/wp-admin/${ path }`, {
			headers: { Cookie: cookie },
		} );
		assert.equal( answer.status, 200, path );
		assert.doesNotMatch( await answer.text(), /critical error|<b>(Warning|Notice|Deprecated)<\/b>/ );
	}
} );
