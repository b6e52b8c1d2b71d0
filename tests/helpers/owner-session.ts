/** The owner of a sandbox's site, as a browser would be logged in. */
export type Fetch = ( path: string, init?: RequestInit ) => Promise< Response >;

/**
 * Fetches below `site` with the administrator's cookies and nonce.
 *
 * @param site  Home, without a slash at the end.
 * @param login Address that logs in by itself.
 */
export async function logInOwner( site: string, login: string = `${ site }/?smi-login=1` ): Promise< Fetch > {
	const answer = await fetch( login, { redirect: 'manual' } );
	const cookie = answer.headers
		.getSetCookie()
		.map( ( line ) => line.split( ';' )[ 0 ] )
		.join( '; ' );
	const nonce = await (
		await fetch( `${ site }/wp-admin/admin-ajax.php?action=rest-nonce`, { headers: { cookie } } )
	).text();
	return ( path, init = {} ) =>
		fetch( site + path, {
			...init,
			headers: { cookie, 'x-wp-nonce': nonce, 'content-type': 'application/json', ...init.headers },
		} );
}
