/** The profile's other side, written again with nothing but node:crypto, so that two implementations agree. */
import { createHash, createHmac } from 'node:crypto';

export interface Signed {
	method: string;
	route: string;
	body: Buffer;
	headers: Record< string, string | string[] | undefined >;
}

const INPUT = /^smi=(\("@method" "content-digest" "smi-route"\);created=(\d+);keyid="([^"]+)";alg="hmac-sha256")$/;

/** What is wrong with a signed message, or null. */
export function signatureFault( message: Signed, keyId: string, secret: string ): string | null {
	const input = INPUT.exec( String( message.headers[ 'signature-input' ] ?? '' ) );
	const signature = /^smi=:([A-Za-z0-9+/=]+):$/.exec( String( message.headers[ 'signature' ] ?? '' ) )?.[ 1 ];
	const digest = `sha-256=:${ createHash( 'sha256' ).update( message.body ).digest( 'base64' ) }:`;
	if ( ! input || ! signature ) {
		return 'missing';
	}
	const base = [
		`"@method": ${ message.method }`,
		`"content-digest": ${ digest }`,
		`"smi-route": ${ message.route }`,
		`"@signature-params": ${ input[ 1 ] }`,
	];
	const expected = createHmac( 'sha256', secret ).update( base.join( '\n' ) ).digest( 'base64' );
	if ( input[ 3 ] !== keyId || expected !== signature ) {
		return 'mismatch';
	}
	if ( message.headers[ 'smi-route' ] !== message.route || message.headers[ 'content-digest' ] !== digest ) {
		return 'headers';
	}
	return Math.abs( Number( input[ 2 ] ) - Date.now() / 1000 ) > 300 ? 'expired' : null;
}

/** Headers of a signed message, for pushes. */
export function sign(
	message: Omit< Signed, 'headers' >,
	keyId: string,
	secret: string,
	created = Math.floor( Date.now() / 1000 )
): Record< string, string > {
	const digest = `sha-256=:${ createHash( 'sha256' ).update( message.body ).digest( 'base64' ) }:`;
	const params = `("@method" "content-digest" "smi-route");created=${ created };keyid="${ keyId }";alg="hmac-sha256"`;
	const base = [
		`"@method": ${ message.method }`,
		`"content-digest": ${ digest }`,
		`"smi-route": ${ message.route }`,
		`"@signature-params": ${ params }`,
	];
	const signature = createHmac( 'sha256', secret ).update( base.join( '\n' ) ).digest( 'base64' );
	return {
		'content-digest': digest,
		'smi-route': message.route,
		'signature-input': `smi=${ params }`,
		signature: `smi=:${ signature }:`,
	};
}
