import assert from 'node:assert/strict';
import { createVerifier, httpbis } from 'http-message-signatures';
import { describe, it } from 'node:test';
import { canonicalQuery } from '../../bridge/src/canonical-query.ts';
import { contentDigest, isSigned, signedHeaders } from '../../bridge/src/signing.ts';
import { sign, signatureFault } from './support/check-signature.ts';

const KEY = { keyId: 'k_1', secret: 'secret' };
const ROUTE = '/smi/v1/bridge/sync';
const BODY = Buffer.from( '{"hints":[]}' );

describe( 'RFC 9421', () => {
	// Appendix B.2.5 and the shared secret of B.1.5.
	it( 'holds the library to the vector of hmac-sha256', async () => {
		const secret = Buffer.from(
			'uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==',
			'base64'
		);
		const message = {
			method: 'POST',
			url: 'https://example.com/foo?param=Value&Pet=dog',
			headers: {
				Date: 'Tue, 20 Apr 2021 02:07:55 GMT',
				'Content-Type': 'application/json',
				'Signature-Input':
					'sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"',
				Signature: 'sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:',
			},
		};
		const verify = ( body: typeof message ) =>
			httpbis.verifyMessage(
				{
					keyLookup: async () => ( {
						algs: [ 'hmac-sha256' ],
						verify: createVerifier( secret, 'hmac-sha256' ),
					} ),
				},
				body
			);
		assert.equal( await verify( message ), true );
		assert.equal(
			await verify( { ...message, headers: { ...message.headers, Date: 'Tue, 20 Apr 2021 02:07:56 GMT' } } ),
			false
		);
	} );

	it( 'digests as RFC 9530 does', () => {
		assert.equal(
			contentDigest( '{"hello": "world"}\n' ),
			'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:'
		);
	} );
} );

describe( 'our profile', () => {
	it( 'is what an independent reader expects', async () => {
		const headers = await signedHeaders( KEY, 'POST', ROUTE, BODY );
		const low = Object.fromEntries(
			Object.entries( headers ).map( ( [ name, value ] ) => [ name.toLowerCase(), value ] )
		);
		assert.equal(
			signatureFault( { method: 'POST', route: ROUTE, body: BODY, headers: low }, KEY.keyId, KEY.secret ),
			null
		);
		assert.match(
			low[ 'signature-input' ] ?? '',
			/^smi=\("@method" "content-digest" "smi-route"\);created=\d+;keyid="k_1";alg="hmac-sha256"$/
		);
	} );

	const good = () => sign( { method: 'POST', route: ROUTE, body: BODY }, KEY.keyId, KEY.secret );
	it( 'takes what an independent writer signed', async () => {
		assert.equal( await isSigned( KEY, 'POST', ROUTE, BODY, good() ), true );
	} );

	const now = Math.floor( Date.now() / 1000 );
	const bad: Record< string, () => [ string, string, Buffer, Record< string, string > ] > = {
		'nothing signed': () => [ 'POST', ROUTE, BODY, {} ],
		'another method': () => [ 'PUT', ROUTE, BODY, good() ],
		'another route': () => [ 'POST', '/smi/v1/bridge/hello', BODY, good() ],
		'another body': () => [ 'POST', ROUTE, Buffer.from( '{}' ), good() ],
		'a body with its digest changed along': () => [
			'POST',
			ROUTE,
			Buffer.from( '{}' ),
			{ ...good(), 'content-digest': contentDigest( '{}' ) },
		],
		'another key': () => [
			'POST',
			ROUTE,
			BODY,
			sign( { method: 'POST', route: ROUTE, body: BODY }, 'k_2', KEY.secret ),
		],
		'another secret': () => [
			'POST',
			ROUTE,
			BODY,
			sign( { method: 'POST', route: ROUTE, body: BODY }, 'k_1', 'other' ),
		],
		'an old one': () => [
			'POST',
			ROUTE,
			BODY,
			sign( { method: 'POST', route: ROUTE, body: BODY }, 'k_1', 'secret', now - 310 ),
		],
		'a future one': () => [
			'POST',
			ROUTE,
			BODY,
			sign( { method: 'POST', route: ROUTE, body: BODY }, 'k_1', 'secret', now + 310 ),
		],
		'fewer components': () => [
			'POST',
			ROUTE,
			BODY,
			{ ...good(), 'signature-input': `smi=("@method");created=${ now };keyid="k_1";alg="hmac-sha256"` },
		],
		'a second label': () => [
			'POST',
			ROUTE,
			BODY,
			{ ...good(), 'signature-input': good()[ 'signature-input' ]?.replace( 'smi=', 'sig=' ) ?? '' },
		],
	};
	for ( const [ what, message ] of Object.entries( bad ) ) {
		it( `refuses ${ what }`, async () => assert.equal( await isSigned( KEY, ...message() ), false ) );
	}

	it( 'sorts and encodes a query as RFC 3986 says', () => {
		assert.equal(
			canonicalQuery( { total: 9, lease_no: 1, offset: 0, sha256: "a b!'()*~" } ),
			'lease_no=1&offset=0&sha256=a%20b%21%27%28%29%2A~&total=9'
		);
		assert.equal( canonicalQuery( {} ), '' );
	} );
} );
