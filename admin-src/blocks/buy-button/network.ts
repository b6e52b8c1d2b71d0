/**
 * Asks the shop: by the REST API, and at the site's own address where another plugin closes that to visitors (Storefront\SideDoor).
 */
import { ApiError, settings, word } from './page';

/** Once the API was found closed, this page does not knock there again. */
let isClosed = false;

/** For tests: as on a fresh page. */
export const forgetClosed = (): void => {
	isClosed = false;
};

type Query = Record< string, string >;

/**
 * The address of a route, with pretty permalinks and without (`?rest_route=`).
 *
 * @param path  Below `smi/v1/`.
 * @param query Query parameters.
 */
export function endpoint( path: string, query: Query = {} ): string {
	const url = new URL( settings().rest, window.location.href );
	const route = url.searchParams.get( 'rest_route' );
	if ( route === null ) {
		url.pathname += path;
	} else {
		url.searchParams.set( 'rest_route', route + path );
	}
	return withQuery( url, query );
}

/**
 * The same at the side door.
 *
 * @param path  Below `smi/v1/`.
 * @param query Query parameters.
 */
export const sideDoor = ( path: string, query: Query = {} ): string =>
	withQuery( new URL( settings().door ?? '/', window.location.href ), { 'smi-api': path, ...query } );

function withQuery( url: URL, query: Query ): string {
	Object.entries( query ).forEach( ( [ name, value ] ) => url.searchParams.set( name, value ) );
	return url.toString();
}

export const address = ( path: string, query: Query = {} ): string =>
	isClosed ? sideDoor( path, query ) : endpoint( path, query );

/** A member is known by the nonce; without one REST takes everybody for a guest. */
const signed = ( init: RequestInit ): RequestInit => {
	const nonce = settings().nonce;
	return nonce ? { ...init, headers: { ...init.headers, 'X-WP-Nonce': nonce } } : init;
};

type Answer = { status: number; ok: boolean; body: unknown };

async function ask( url: string, init: RequestInit ): Promise< Answer > {
	const response = await fetch( url, { credentials: 'same-origin', cache: 'no-store', ...signed( init ) } ).catch(
		() => {
			throw new ApiError( 0, 'offline', word( 'offline' ) );
		}
	);
	return { status: response.status, ok: response.ok, body: await response.json().catch( () => null ) };
}

const codeOf = ( body: unknown ): string => ( body as { code?: string } | null )?.code ?? '';

/**
 * Whether somebody else answered in our place: a refusal that is not ours, a page instead of JSON, a route that is gone. An order is not sent
 * twice unless the first was surely refused.
 *
 * @param answer  What came.
 * @param isOrder Whether asking again could start a second sale.
 */
function isNotOurs( { status, ok, body }: Answer, isOrder: boolean ): boolean {
	if ( [ 401, 403, 404, 405 ].includes( status ) ) {
		return ! codeOf( body ).startsWith( 'smi_' );
	}
	return ok && body === null && ! isOrder;
}

/**
 * @param path  Below `smi/v1/`.
 * @param query Query parameters.
 * @param init  As for fetch().
 */
export async function request< T >( path: string, query: Query = {}, init: RequestInit = {} ): Promise< T > {
	let answer = await ask( address( path, query ), init );
	if ( ! isClosed && settings().door && isNotOurs( answer, init.method === 'POST' ) ) {
		isClosed = true;
		answer = await ask( address( path, query ), init );
	}
	if ( ! answer.ok || answer.body === null ) {
		const message = ( answer.body as { message?: string } | null )?.message;
		throw new ApiError( answer.status, codeOf( answer.body ) || 'unknown', message ?? word( 'offline' ) );
	}
	return answer.body as T;
}
