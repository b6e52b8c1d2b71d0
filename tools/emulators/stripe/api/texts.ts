import { invalid, StripeError } from '../errors.ts';
import type { Params } from './params.ts';

const URL_LENGTH = 2048;
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * Refuses what Stripe takes for no URL: one that is too long, has no scheme, or isn't ASCII. In live mode it must be
 * HTTPS; only this machine itself is spared, since a live shop could not be tried out on it otherwise.
 *
 * @throws StripeError 400 `url_invalid`
 */
export function checkUrl( url: string, param: string, livemode: boolean ): void {
	if ( url.length > URL_LENGTH ) {
		throw invalid( `Invalid URL: URL must be ${ URL_LENGTH } characters or less.`, param, 'url_invalid' );
	}

	if ( ! /^[\x21-\x7e]+$/.test( url ) ) {
		throw invalid(
			'Invalid URL: Non-ASCII characters in URLs must be percent-encoded in order to be valid.',
			param,
			'url_invalid'
		);
	}
	const bare = url.replaceAll( /[{}]/g, '' );
	if ( ! /^https?:\/\//i.test( bare ) ) {
		throw invalid( 'Invalid URL: An explicit scheme (such as https) must be provided.', param, 'url_invalid' );
	}
	if ( ! URL.canParse( bare ) ) {
		throw invalid( 'Not a valid URL', param, 'url_invalid' );
	}
	const { protocol, hostname } = new URL( bare );
	if ( livemode && protocol !== 'https:' && ! LOOPBACK.test( hostname ) ) {
		throw invalid( 'Invalid URL: Livemode requests must always use HTTPS.', param, 'url_invalid' );
	}
}

const IMAGES = 8;
const EMAIL_LENGTH = 512;
/** ASCII only, with a domain of two names at least. */
const EMAIL = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$/i;

/** A text of at most so many characters; null if there is none. @throws StripeError 400 */
export function short( params: Params, path: string, most: number ): string | null {
	const text = params.text( path );
	if ( text !== null && text.length > most ) {
		throw new StripeError(
			400,
			`Invalid string: ${ text.slice( 0, 12 ) }...${ text.slice( -6 ) }; must be at most ${ most } characters`,
			{ param: path, isSaved: false }
		);
	}
	return text;
}

export function needShort( params: Params, path: string, most: number ): string {
	return short( params, path, most ) ?? params.needText( path );
}

export function imagesOf( params: Params, path: string ): string[] {
	const images = params.texts( path );
	if ( images.length > IMAGES ) {
		throw invalid( `Array must have at most ${ IMAGES } elements; ${ images.length } were given.`, path );
	}
	images.forEach( ( image, index ) => checkUrl( image, `${ path }[${ index }]`, false ) );
	return images;
}

export function emailOf( params: Params, path: string ): string | null {
	const email = params.text( path );
	if ( email !== null && ( email.length > EMAIL_LENGTH || ! EMAIL.test( email ) ) ) {
		throw invalid( `Invalid email address: ${ email }`, path, 'email_invalid' );
	}
	return email;
}
