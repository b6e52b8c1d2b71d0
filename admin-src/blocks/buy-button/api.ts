/**
 * The buyer's side of the REST API, without any library: this script runs on other people's pages.
 */
import { address, request } from './network';
import { settings } from './page';

export { ApiError, settings, word } from './page';

export interface Offer {
	resolution: string;
	width: number;
	height: number;
	price: string;
}

export interface Offers {
	attachment_id: number;
	currency: string;
	offers: Offer[];
}

export interface CheckoutCreated {
	job_id: string;
	key: string;
	checkout_url?: string;
}

export interface CheckoutStatus {
	job_id: string;
	status: 'awaiting_payment' | 'pending' | 'processing' | 'completed' | 'failed' | 'abandoned';
	payment_status: string;
	/** Confirmed, and the money comes days later or never: there is nothing to pay again. */
	is_payment_under_way?: boolean;
	checkout_url?: string;
	download_url?: string;
	download_expires_at?: string | null;
	message: string;
}

export interface CheckoutRequest {
	attachment_id: number;
	post_id: number;
	resolution: string;
	/** What was shown: at another price nothing is sold. */
	price?: string | undefined;
	currency?: string;
	email?: string;
	/** The page's language, as WordPress names it: the request itself may speak another. */
	locale?: string;
}

const post = ( body: unknown ): RequestInit => ( {
	method: 'POST',
	headers: { 'Content-Type': 'application/json' },
	body: JSON.stringify( body ),
} );

export const getOffers = ( attachment: number, postId: number ) =>
	request< Offers >( 'offers', { attachment_id: String( attachment ), post_id: String( postId ) } );

export const createCheckout = ( order: CheckoutRequest ) =>
	request< CheckoutCreated >( 'checkouts', {}, post( { ...order, locale: settings().wpLocale } ) );

export const getCheckout = ( jobId: string, key: string ) =>
	request< CheckoutStatus >( `checkouts/${ jobId }`, { key } );

/**
 * Counts a click. Nobody waits for it, and it may fail: it must not cost a sale.
 *
 * @param attachment The picture.
 * @param postId     The post.
 */
export function countClick( attachment: number, postId: number ): void {
	fetch( address( 'clicks' ), {
		...post( { attachment_id: attachment, post_id: postId } ),
		credentials: 'same-origin',
		keepalive: true,
	} ).catch( () => undefined );
}

export const sleep = ( ms: number ) => new Promise< void >( ( done ) => setTimeout( done, ms ) );

/**
 * How long to wait before asking again: 2 s for the first minute, then longer, up to 30 s.
 *
 * @param asked How often was asked so far.
 */
export const pause = ( asked: number ): number =>
	asked < 30 ? 2000 : Math.min( 30000, 2000 * 1.5 ** ( asked - 29 ) );
