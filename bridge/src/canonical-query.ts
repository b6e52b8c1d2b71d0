export type Query = Record< string, string | number >;

/** The query both sides sign: sorted by name, RFC 3986 encoded; empty when there is none. */
export function canonicalQuery( query: Query ): string {
	return Object.keys( query )
		.sort()
		.map( ( name ) => `${ encode( name ) }=${ encode( String( query[ name ] ) ) }` )
		.join( '&' );
}

/** encodeURIComponent leaves `!'()*` alone; RFC 3986 and PHP's rawurlencode do not. */
function encode( text: string ): string {
	return encodeURIComponent( text ).replace(
		/[!'()*]/g,
		( sign ) => `%${ sign.charCodeAt( 0 ).toString( 16 ).toUpperCase() }`
	);
}
