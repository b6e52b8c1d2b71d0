import type Stripe from 'stripe';
import type { ThinEvent } from './hint-of-event.ts';

const TOLERANCE_S = 300;

/** A webhook that Stripe did not sign, or not lately. */
export class BadSignature extends Error {
	override name = 'BadSignature';
}

/**
 * The event in a raw body, if one of the secrets signed it within five minutes of now. While a secret is
 * rotated there are two of them, and Stripe signs with both.
 *
 * @throws BadSignature
 */
export function verifyWebhook(
	stripe: Stripe,
	raw: Buffer,
	header: string,
	secrets: string[]
): Stripe.Event | ThinEvent {
	const sentAt = Number( /(?:^|,)\s*t=(\d+)/.exec( header )?.[ 1 ] ?? Number.NaN );
	// The SDK looks at the past only; a clock somewhat ahead is fine, one far ahead is forged.
	if ( ! ( sentAt - Date.now() / 1000 <= TOLERANCE_S ) ) {
		throw new BadSignature( 'The signature is from the future.' );
	}
	if ( ! secrets.some( ( secret ) => isSignedWith( stripe, raw, header, secret ) ) ) {
		throw new BadSignature( 'The signature is not ours, or older than five minutes.' );
	}
	return JSON.parse( raw.toString( 'utf8' ) ) as Stripe.Event | ThinEvent;
}

function isSignedWith( stripe: Stripe, raw: Buffer, header: string, secret: string ): boolean {
	try {
		return stripe.webhooks.signature?.verifyHeader( raw, header, secret, TOLERANCE_S ) === true;
	} catch {
		return false;
	}
}
