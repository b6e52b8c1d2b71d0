import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError, readConfig } from '../../bridge/src/config.ts';
import { parseConnectionString, routeUrl } from '../../bridge/src/connection-string.ts';

const GOOD = {
	SMI_SITE: 'https://k_1:secret@shop.example/?rest=%2Fwp-json%2F',
	STRIPE_SECRET_KEY: 'sk_test_1',
	STRIPE_WEBHOOK_SECRET: 'whsec_1',
	UPSAMPLER_API_KEY: 'u',
};

function mistakes( env: Record< string, string > ): string[] {
	try {
		readConfig( env );
	} catch ( error ) {
		return ( error as ConfigError ).mistakes;
	}
	return [];
}

describe( 'the environment', () => {
	it( 'has careful defaults', () => {
		const config = readConfig( GOOD );
		assert.deepEqual(
			[
				config.host,
				config.port,
				config.publicUrl,
				config.metricsToken,
				config.stripeApiBase,
				config.upsamplerApiBase,
			],
			[ '127.0.0.1', 9401, null, null, null, 'https://upsampler.com/api/v1' ]
		);
	} );

	it( 'collects every mistake, each a sentence', () => {
		const found = mistakes( {
			PORT: 'x',
			LOG_LEVEL: 'loud',
			BRIDGE_PUBLIC_URL: 'bridge.example',
			SMI_SITE_BASIC_AUTH: 'me',
		} );
		for ( const name of [
			'SMI_SITE',
			'STRIPE_SECRET_KEY',
			'UPSAMPLER_API_KEY',
			'PORT',
			'LOG_LEVEL',
			'BRIDGE_PUBLIC_URL',
			'SMI_SITE_BASIC_AUTH',
		] ) {
			assert.ok(
				found.some( ( sentence ) => sentence.startsWith( `${ name } ` ) && sentence.endsWith( '.' ) ),
				name
			);
		}
	} );

	it( 'never lets an unset or empty key pass', () => {
		for ( const name of [ 'SMI_SITE', 'STRIPE_SECRET_KEY', 'UPSAMPLER_API_KEY' ] ) {
			assert.equal( mistakes( { ...GOOD, [ name ]: ' ' } ).length, 1, name );
		}
	} );

	it( 'needs a webhook secret only where a public address is', () => {
		const { STRIPE_WEBHOOK_SECRET: _, ...polling } = GOOD;
		assert.deepEqual( readConfig( polling ).stripeWebhookSecrets, [] );
		const BRIDGE_PUBLIC_URL = 'https://bridge.example';
		assert.match( mistakes( { ...polling, BRIDGE_PUBLIC_URL } ).join(), /^STRIPE_WEBHOOK_SECRET is not set/ );
		assert.deepEqual( mistakes( { ...GOOD, BRIDGE_PUBLIC_URL } ), [] );
		assert.equal( mistakes( { ...GOOD, BRIDGE_PUBLIC_URL, STRIPE_WEBHOOK_SECRET: 'oops' } ).length, 1 );
	} );

	it( 'refuses to send live keys to a stand-in or in the open, but on this machine', () => {
		const live = { ...GOOD, STRIPE_SECRET_KEY: 'rk_live_1' };
		const open = 'http://k_1:secret@shop.example/';
		assert.match( mistakes( { ...live, STRIPE_API_BASE: 'https://stripe.example' } ).join(), /^STRIPE_API_BASE / );
		assert.match( mistakes( { ...live, STRIPE_API_BASE: 'http://127.0.0.1.nip.io' } ).join(), /^STRIPE_API_BASE / );
		assert.match(
			mistakes( { ...live, UPSAMPLER_API_BASE: 'http://up.example/v1' } ).join(),
			/^UPSAMPLER_API_BASE /
		);
		assert.match( mistakes( { ...live, SMI_SITE: open } ).join(), /^SMI_SITE / );
		for ( const host of [ '127.0.0.1:9402', 'localhost', '[::1]:9', '127.8.8.8' ] ) {
			const [ STRIPE_API_BASE, SMI_SITE ] = [ `http://${ host }`, `http://k_1:secret@${ host }/` ];
			assert.deepEqual( mistakes( { ...live, STRIPE_API_BASE, SMI_SITE } ), [] );
		}
		assert.deepEqual( mistakes( live ), [] );
		assert.deepEqual( mistakes( { ...GOOD, STRIPE_API_BASE: 'https://stripe.example', SMI_SITE: open } ), [] );
	} );

	it( 'knows a publishable key and a wrong webhook secret', () => {
		assert.match( mistakes( { ...GOOD, STRIPE_SECRET_KEY: 'pk_live_1' } )[ 0 ] ?? '', /publishable/ );
		assert.match( mistakes( { ...GOOD, STRIPE_WEBHOOK_SECRET: 'whsec_1,oops' } )[ 0 ] ?? '', /whsec_/ );
	} );

	it( 'takes several webhook secrets and cuts slashes at the end', () => {
		const config = readConfig( {
			...GOOD,
			STRIPE_WEBHOOK_SECRET: 'whsec_1, whsec_2',
			BRIDGE_PUBLIC_URL: 'https://b.example/',
		} );
		assert.deepEqual(
			[ config.stripeWebhookSecrets, config.publicUrl ],
			[ [ 'whsec_1', 'whsec_2' ], 'https://b.example' ]
		);
	} );

	it( 'does not repeat the secret of a bad connection string', () => {
		const found = mistakes( { ...GOOD, SMI_SITE: 'ftp://k_1:topsecret@shop.example/' } );
		assert.equal( found.length, 1 );
		assert.ok( ! found[ 0 ]?.includes( 'topsecret' ) );
	} );
} );

describe( 'the connection string', () => {
	const cases: [ string, string, string ][] = [
		[ 'https://k:s@a.example/?rest=%2Fwp-json%2F', 'https://a.example/wp-json/smi/v1/x', '?a=1' ],
		[ 'https://k:s@a.example/?rest=/wp-json/', 'https://a.example/wp-json/smi/v1/x', '?a=1' ],
		[ 'http://k:s@127.0.0.1:9400/', 'http://127.0.0.1:9400/wp-json/smi/v1/x', '?a=1' ],
		[ 'https://k:s@a.example/?rest=%2F%3Frest_route%3D%2F', 'https://a.example/?rest_route=/smi/v1/x', '&a=1' ],
		[ 'https://k:s@a.example/?rest=/?rest_route=/', 'https://a.example/?rest_route=/smi/v1/x', '&a=1' ],
		[
			'https://k:s@a.example/?rest=%2Findex.php%3Frest_route%3D%2F',
			'https://a.example/index.php?rest_route=/smi/v1/x',
			'&a=1',
		],
		[ 'https://k:s@a.example/blog/?rest=%2Fblog%2Fwp-json%2F', 'https://a.example/blog/wp-json/smi/v1/x', '?a=1' ],
		[ 'https://k:s@a.example/blog/?rest=/wp-json/', 'https://a.example/blog/wp-json/smi/v1/x', '?a=1' ],
		[
			'https://k:s@a.example/blog?rest=%2Fblog%2F%3Frest_route%3D%2F',
			'https://a.example/blog/?rest_route=/smi/v1/x',
			'&a=1',
		],
	];
	for ( const [ text, url, query ] of cases ) {
		it( `leads ${ text } to the right address`, () => {
			const site = parseConnectionString( text );
			assert.deepEqual( [ site.keyId, site.secret ], [ 'k', 's' ] );
			assert.equal( routeUrl( site, '/smi/v1/x' ), url );
			assert.equal( routeUrl( site, '/smi/v1/x', 'a=1' ), url + query );
		} );
	}

	for ( const bad of [ '', 'shop.example', 'https://shop.example/', 'https://k@shop.example/' ] ) {
		it( `refuses "${ bad }"`, () => assert.throws( () => parseConnectionString( bad ) ) );
	}
} );
