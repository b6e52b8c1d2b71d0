import { StripeError } from '../errors.ts';
import { masked, type Keys } from '../keys.ts';

/** Test keys may be of any length; a live one so short is a slip. */
const TEST_KEY = /^[sr]k_test_/;
const LIVE_KEY = /^[sr]k_live_\w{8,}$/;
const LOOPBACK = /^(::ffff:)?127\.|^::1$/;

/** Who asks. */
export interface Caller {
	key: string;
	livemode: boolean;
}

function keyOf( header: string | undefined ): string | null {
	const [ scheme = '', value = '' ] = ( header ?? '' ).split( ' ' );
	if ( scheme.toLowerCase() === 'bearer' ) {
		return value;
	}
	if ( scheme.toLowerCase() === 'basic' ) {
		return Buffer.from( value, 'base64' ).toString( 'utf8' ).split( ':' )[ 0 ] ?? '';
	}
	return null;
}

/** Who asks. Refuses a request without a key that is accepted, as Stripe words it. @throws StripeError 401 */
export function authenticate( header: string | undefined, ip: string, keys: Keys ): Caller {
	const key = keyOf( header );
	if ( key === null || key === '' ) {
		throw new StripeError(
			401,
			"You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
			{ isSaved: false }
		);
	}
	const livemode = LIVE_KEY.test( key );
	if ( ! ( livemode || TEST_KEY.test( key ) ) || ! keys.isAccepted( key ) ) {
		throw new StripeError( 401, `Invalid API Key provided: ${ masked( key ) }`, { isSaved: false } );
	}
	if ( keys.isRevoked( key ) ) {
		throw new StripeError( 401, `Expired API Key provided: ${ masked( key ) }`, {
			code: 'api_key_expired',
			isSaved: false,
		} );
	}
	if ( livemode && ! LOOPBACK.test( ip ) ) {
		throw new StripeError( 401, 'This emulator accepts live keys from its own machine only.', { isSaved: false } );
	}
	return { key, livemode };
}
