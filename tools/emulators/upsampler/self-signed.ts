import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/**
 * A certificate that nobody vouches for, made anew at each start: enough for TLS in tests, whose clients are told to
 * trust it. Written as DER by hand, as Node can read certificates but not make them.
 */
export interface SelfSigned {
	/** PEM. */
	key: string;
	cert: string;
}

const DAY_MS = 24 * 3600 * 1000;

function der( tag: number, ...parts: Buffer[] ): Buffer {
	const body = Buffer.concat( parts );
	const long = Buffer.from( [ 0x82, 0, 0 ] );
	long.writeUInt16BE( body.length, 1 );
	const bytes = body.length < 128 ? [ body.length ] : long;
	return Buffer.concat( [ Buffer.from( [ tag, ...bytes ] ), body ] );
}

const sequence = ( ...parts: Buffer[] ) => der( 0x30, ...parts );
const oid = ( hex: string ) => der( 0x06, Buffer.from( hex, 'hex' ) );
const octets = ( part: Buffer ) => der( 0x04, part );
const bits = ( part: Buffer ) => der( 0x03, Buffer.from( [ 0 ] ), part );
const time = ( at: number ) =>
	der( 0x18, Buffer.from( `${ new Date( at ).toISOString().replaceAll( /[-:T]|\.\d+/g, '' ) }` ) );

const ECDSA_SHA256 = sequence( oid( '2a8648ce3d040302' ) );
const COMMON_NAME = '550403';
const ALT_NAMES = '551d11';
const BASIC_CONSTRAINTS = '551d13';

function nameOf( text: string ): Buffer {
	return sequence( der( 0x31, sequence( oid( COMMON_NAME ), der( 0x0c, Buffer.from( text ) ) ) ) );
}

/** `ip` is IPv4. */
function altNames( names: string[], ip: string ): Buffer {
	const dns = names.map( ( name ) => der( 0x82, Buffer.from( name ) ) );
	return sequence( ...dns, der( 0x87, Buffer.from( ip.split( '.' ).map( Number ) ) ) );
}

export function selfSigned( names: string[] ): SelfSigned {
	const { privateKey, publicKey } = generateKeyPairSync( 'ec', { namedCurve: 'prime256v1' } );
	const name = nameOf( names[ 0 ] ?? 'localhost' );
	const serial = Buffer.concat( [ Buffer.from( [ 1 ] ), randomBytes( 8 ) ] );
	const isAuthority = sequence( der( 0x01, Buffer.from( [ 0xff ] ) ) );
	const extensions = sequence(
		sequence( oid( ALT_NAMES ), octets( altNames( names, '127.0.0.1' ) ) ),
		sequence( oid( BASIC_CONSTRAINTS ), octets( isAuthority ) )
	);
	const body = sequence(
		der( 0xa0, der( 0x02, Buffer.from( [ 2 ] ) ) ),
		der( 0x02, serial ),
		ECDSA_SHA256,
		name,
		sequence( time( Date.now() - DAY_MS ), time( Date.now() + 365 * DAY_MS ) ),
		name,
		publicKey.export( { type: 'spki', format: 'der' } ),
		der( 0xa3, extensions )
	);
	const whole = sequence( body, ECDSA_SHA256, bits( sign( 'sha256', body, privateKey ) ) );
	const lines = whole.toString( 'base64' ).match( /.{1,64}/g ) ?? [];
	return {
		key: privateKey.export( { type: 'pkcs8', format: 'pem' } ) as string,
		cert: `-----BEGIN CERTIFICATE-----\n${ lines.join( '\n' ) }\n-----END CERTIFICATE-----\n`,
	};
}
