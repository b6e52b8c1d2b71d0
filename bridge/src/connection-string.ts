/** What a connection string says about the site. */
export interface SiteConnection {
	keyId: string;
	secret: string;
	/** Scheme, host and port. */
	origin: string;
	/** Folder the site lives in, with a slash at both ends. */
	folder: string;
	/** The REST root's path and query: `/wp-json/`, or `/?rest_route=/` with plain permalinks. */
	rest: string;
}

/**
 * Reads `https://KEYID:SECRET@site/folder/?rest=/wp-json/`.
 *
 * @throws Error With a sentence about what is wrong; it never repeats the secret.
 */
export function parseConnectionString( text: string ): SiteConnection {
	let url: URL;
	try {
		url = new URL( text.trim() );
	} catch {
		throw new Error( 'is not an address. Copy it again from Sell My Images > Settings in WordPress.' );
	}
	if ( url.protocol !== 'https:' && url.protocol !== 'http:' ) {
		throw new Error( 'must begin with https:// or http://.' );
	}
	if ( ! url.username || ! url.password ) {
		throw new Error( 'holds no key. It looks like https://KEYID:SECRET@your-site/?rest=/wp-json/.' );
	}
	const folder = url.pathname.endsWith( '/' ) ? url.pathname : `${ url.pathname }/`;
	return {
		keyId: decodeURIComponent( url.username ),
		secret: decodeURIComponent( url.password ),
		origin: url.origin,
		folder,
		rest: fromRoot( folder, restOf( text ) ),
	};
}

/** Whether `rest` names the site's folder or not, the result does. */
function fromRoot( folder: string, rest: string ): string {
	return rest.startsWith( folder ) ? rest : folder + rest.slice( 1 );
}

/** `rest` is read from the raw text: a value like `/?rest_route=/` comes encoded or as it is. */
function restOf( text: string ): string {
	const raw = /[?&]rest=([^#]*)$/.exec( text.trim() )?.[ 1 ] ?? '/wp-json/';
	const plain = raw.includes( '%' ) ? decodeURIComponent( raw ) : raw;
	const rest = plain.startsWith( '/' ) ? plain : `/${ plain }`;
	return rest.endsWith( '/' ) ? rest : `${ rest }/`;
}

/** A route's address: `/smi/v1/bridge/sync` with its query, under either kind of permalink. */
export function routeUrl( site: SiteConnection, route: string, query: string = '' ): string {
	const base = site.origin + site.rest + route.replace( /^\//, '' );
	if ( query === '' ) {
		return base;
	}
	return `${ base }${ base.includes( '?' ) ? '&' : '?' }${ query }`;
}
