import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SiteConnection } from './connection-string.ts';

/** A UUID without its dashes, then the proof in base64url. */
const TOKEN = /^([0-9a-f]{32})([A-Za-z0-9_-]{43})$/;

/**
 * The attempt whose secret word this is, or null. The word proves itself, under the key of the connection: a forged one costs one
 * hash, and nobody else hears of it.
 */
export function attemptOfToken( token: string, { secret }: Pick< SiteConnection, 'secret' > ): string | null {
	const [ , hex, proof ] = TOKEN.exec( token ) ?? [];
	if ( hex === undefined || proof === undefined ) {
		return null;
	}
	const attempt = hex.replace( /^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5' );
	return timingSafeEqual( Buffer.from( proof ), Buffer.from( proofOf( attempt, secret ) ) ) ? attempt : null;
}

function proofOf( attempt: string, secret: string ): string {
	return createHmac( 'sha256', secret ).update( `smi attempt token:${ attempt }` ).digest( 'base64url' );
}
