import type { Watched } from './hint-of-object.ts';

/** How an object stands, in one word that the site compares with what it knows; null where one word cannot say it. */
export function stateOf( object: Watched ): string | null {
	switch ( object.object ) {
		case 'checkout.session':
			return `${ object.status ?? 'unknown' }/${ object.payment_status }`;
		case 'refund':
			return `${ object.id }/${ object.status ?? 'unknown' }/${ object.amount }`;
		case 'dispute':
			return `${ object.id }/${ object.status }`;
		default:
			return null;
	}
}
