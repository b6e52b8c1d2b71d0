import { invalid } from '../errors.ts';

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
