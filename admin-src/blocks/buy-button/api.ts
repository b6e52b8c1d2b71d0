/**
 * The buyer's side of the REST API, without any library: this script runs on other people's pages.
 */

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
	email?: string;
	/** The page's language, as WordPress names it: the request itself may speak another. */
	locale?: string;
}

/** What the page brings: the API's root and all words (Storefront\StorefrontWords). */
export interface Settings {
	rest: string;
	locale: string;
	/** The same as WordPress names it, such as `de_DE`. */
	wpLocale?: string;
	words: Record< string, string >;
}

declare global {
	interface Window {
		smiStorefront?: Settings;
	}
}

/** An answer other than yes. `status` 0: the shop was not reached at all. */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
		message: string
	) {
		super( message );
	}
}

export const settings = (): Settings => window.smiStorefront ?? { rest: '/wp-json/smi/v1/', locale: '', words: {} };

/**
 * One of the shop's words, with `%s`, `%1$s` … filled in.
 *
 * @param name   Its name in StorefrontWords.
 * @param values What to fill in.
 */
export function word( name: string, ...values: string[] ): string {
	let next = 0;
	return ( settings().words[ name ] ?? name ).replace(
		/%(?:(\d)\$)?s/g,
		( _, place?: string ) => values[ place ? Number( place ) - 1 : next++ ] ?? ''
	);
}

/**
 * The address of a route, with pretty permalinks and without (`?rest_route=`).
 *
 * @param path  Below `smi/v1/`.
 * @param query Query parameters.
 */
export function endpoint( path: string, query: Record< string, string > = {} ): string {
	const url = new URL( settings().rest, window.location.href );
	const route = url.searchParams.get( 'rest_route' );
	if ( route === null ) {
		url.pathname += path;
	} else {
		url.searchParams.set( 'rest_route', route + path );
	}
	Object.entries( query ).forEach( ( [ name, value ] ) => url.searchParams.set( name, value ) );
	return url.toString();
}

async function request< T >( url: string, init: RequestInit = {} ): Promise< T > {
	const response = await fetch( url, {
		credentials: 'same-origin',
		cache: 'no-store',
		...init,
	} ).catch( () => {
		throw new ApiError( 0, 'offline', word( 'offline' ) );
	} );
	const body = ( await response.json().catch( () => null ) ) as ( T & { code?: string; message?: string } ) | null;
	if ( ! response.ok || body === null ) {
		throw new ApiError( response.status, body?.code ?? 'unknown', body?.message ?? word( 'offline' ) );
	}
	return body;
}

const post = ( body: unknown ): RequestInit => ( {
	method: 'POST',
	headers: { 'Content-Type': 'application/json' },
	body: JSON.stringify( body ),
} );

export const getOffers = ( attachment: number, postId: number ) =>
	request< Offers >(
		endpoint( 'offers', {
			attachment_id: String( attachment ),
			post_id: String( postId ),
		} )
	);

export const createCheckout = ( order: CheckoutRequest ) =>
	request< CheckoutCreated >( endpoint( 'checkouts' ), post( { ...order, locale: settings().wpLocale } ) );

export const getCheckout = ( jobId: string, key: string ) =>
	request< CheckoutStatus >( endpoint( `checkouts/${ jobId }`, { key } ) );

/**
 * Counts a click. Nobody waits for it, and it may fail: it must not cost a sale.
 *
 * @param attachment The picture.
 * @param postId     The post.
 */
export function countClick( attachment: number, postId: number ): void {
	fetch( endpoint( 'clicks' ), {
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
