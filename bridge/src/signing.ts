/**
 * RFC 9421 with one fixed profile, on both sides of the channel: hmac-sha256 over the method, the digest of
 * the body and the matched route. `@path` and `@authority` are left out because plain permalinks and proxies
 * change them on the way.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { createSigner, createVerifier, httpbis } from 'http-message-signatures';

const LABEL = 'smi';
const ALGORITHM = 'hmac-sha256';
const FIELDS = [ '@method', 'content-digest', 'smi-route' ];
const PROFILE = /^smi=\("@method" "content-digest" "smi-route"\);/;
const TOLERANCE_S = 300;
// The library wants an address, but none of our components is taken from it.
const NO_URL = 'http://signed.invalid/';

export interface SigningKey {
	keyId: string;
	secret: string;
}

export type Headers = Record< string, string | string[] | undefined >;

/** RFC 9530 digest of a raw body. */
export function contentDigest( body: Uint8Array | string ): string {
	return `sha-256=:${ createHash( 'sha256' ).update( body ).digest( 'base64' ) }:`;
}

/** Headers that sign a message. */
export async function signedHeaders(
	key: SigningKey,
	method: string,
	route: string,
	body: Uint8Array | string,
	now: Date = new Date()
): Promise< Record< string, string > > {
	const headers = { 'Content-Digest': contentDigest( body ), 'SMI-Route': route };
	const signed = await httpbis.signMessage(
		{
			key: createSigner( key.secret, ALGORITHM, key.keyId ),
			name: LABEL,
			fields: FIELDS,
			params: [ 'created', 'keyid', 'alg' ],
			paramValues: { created: now },
		},
		{ method, url: NO_URL, headers }
	);
	return signed.headers as Record< string, string >;
}

/** Whether a message is signed by this key, for this route, within five minutes of now. */
export async function isSigned(
	key: SigningKey,
	method: string,
	route: string,
	body: Uint8Array | string,
	headers: Headers
): Promise< boolean > {
	const given = one( headers, 'content-digest' );
	const input = one( headers, 'signature-input' );
	const isOurs = PROFILE.test( input ) && one( headers, 'smi-route' ) === route;
	if ( ! isOurs || ! isSame( given, contentDigest( body ) ) ) {
		return false;
	}
	const verify = createVerifier( key.secret, ALGORITHM );
	try {
		const verdict = await httpbis.verifyMessage(
			{
				keyLookup: async ( params ) =>
					params.keyid === key.keyId ? { id: key.keyId, algs: [ ALGORITHM ], verify } : null,
				requiredParams: [ 'created', 'keyid', 'alg' ],
				requiredFields: FIELDS,
				maxAge: TOLERANCE_S,
				notAfter: Math.floor( Date.now() / 1000 ) + TOLERANCE_S,
			},
			{ method, url: NO_URL, headers: present( headers ) }
		);
		return verdict === true;
	} catch {
		return false;
	}
}

function one( headers: Headers, name: string ): string {
	const value = headers[ name ] ?? headers[ name.toLowerCase() ];
	return Array.isArray( value ) ? value.join( ', ' ) : ( value ?? '' );
}

function present( headers: Headers ): Record< string, string | string[] > {
	const pairs = Object.entries( headers ).filter(
		( pair ): pair is [ string, string | string[] ] => pair[ 1 ] !== undefined
	);
	return Object.fromEntries( pairs );
}

function isSame( left: string, right: string ): boolean {
	const a = Buffer.from( left );
	const b = Buffer.from( right );
	return a.length === b.length && timingSafeEqual( a, b );
}
