import { StripeError } from '../errors.ts';

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

/** Refuses a request without a test key, as Stripe words it. @throws StripeError 401 */
export function authenticate( header: string | undefined, secretKey: string | undefined ): void {
	const key = keyOf( header );
	if ( key === null || key === '' ) {
		throw new StripeError(
			401,
			"You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
			{ isSaved: false }
		);
	}
	const isTestKey = key.startsWith( 'sk_test_' ) || key.startsWith( 'rk_test_' );
	if ( ! isTestKey || ( secretKey !== undefined && key !== secretKey ) ) {
		throw new StripeError( 401, `Invalid API Key provided: ${ key.slice( 0, 8 ) }****${ key.slice( -4 ) }`, {
			isSaved: false,
		} );
	}
}
