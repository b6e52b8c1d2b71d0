import { StripeError } from '../errors.ts';
import { masked, type Keys } from '../keys.ts';

/** Test keys may be of any length; a live one is as long as a real one is at least. */
const TEST_KEY = /^[sr]k_test_/;

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

/** The caller's key. Refuses a request without one that is accepted, as Stripe words it. @throws StripeError 401 */
export function authenticate( header: string | undefined, keys: Keys ): string {
	const key = keyOf( header );
	if ( key === null || key === '' ) {
		throw new StripeError(
			401,
			"You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
			{ isSaved: false }
		);
	}
	if ( ! TEST_KEY.test( key ) || ! keys.isAccepted( key ) ) {
		throw new StripeError( 401, `Invalid API Key provided: ${ masked( key ) }`, { isSaved: false } );
	}
	if ( keys.isRevoked( key ) ) {
		throw new StripeError( 401, `Expired API Key provided: ${ masked( key ) }`, {
			code: 'api_key_expired',
			isSaved: false,
		} );
	}
	return key;
}
