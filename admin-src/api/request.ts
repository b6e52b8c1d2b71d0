import apiFetch from '@wordpress/api-fetch';
import type { APIFetchOptions } from '@wordpress/api-fetch';

import { failureFromAnswer, failureWithoutAnswer, type RestFailure } from './rest-failure';
import type { RestError } from './contracts.generated';

export interface Answer< T > {
	body: T;
	headers: Headers;
}

type RequestOptions = Omit< APIFetchOptions, 'parse' >;

export function isAbort( error: unknown ): boolean {
	// By name: a DOMException is no Error in every browser and test.
	return ( error as { name?: unknown } | null )?.name === 'AbortError';
}

/**
 * One request. Always unparsed, because lists and details need their headers;
 * that makes api-fetch reject with a bare `Response`, which is read here.
 *
 * @param  options api-fetch's options.
 * @throws {RestFailure} Whatever went wrong; an abort is passed on as it is.
 */
export async function request< T >( options: RequestOptions ): Promise< Answer< T > > {
	return requestAs( options, async ( response ) => ( {
		body: ( await response.json() ) as T,
		headers: response.headers,
	} ) );
}

/**
 * The same for an answer that is no JSON, such as a file.
 *
 * @param  options api-fetch's options.
 * @param  read    Makes something of a good answer.
 * @throws {RestFailure} Whatever went wrong; an abort is passed on as it is.
 */
export async function requestAs< R >(
	options: RequestOptions,
	read: ( response: Response ) => R | Promise< R >
): Promise< R > {
	try {
		return await send( options, read );
	} catch ( error ) {
		if ( await renewedNonce( error ) ) {
			return send( options, read );
		}
		throw error;
	}
}

async function send< R >( options: RequestOptions, read: ( response: Response ) => R | Promise< R > ): Promise< R > {
	try {
		return await read( await apiFetch< unknown, false >( { ...options, parse: false } ) );
	} catch ( error ) {
		if ( isAbort( error ) ) {
			throw error;
		}
		throw await failureOf( error );
	}
}

async function failureOf( error: unknown ): Promise< RestFailure > {
	// By shape, not `instanceof`: polyfills and test doubles have their own class.
	if ( isResponse( error ) ) {
		return failureFromAnswer( await errorBody( error ), error.status );
	}
	return failureWithoutAnswer();
}

function isResponse( error: unknown ): error is Response {
	return (
		typeof error === 'object' &&
		error !== null &&
		typeof ( error as Response ).status === 'number' &&
		typeof ( error as Response ).json === 'function'
	);
}

async function errorBody( response: Response ): Promise< Partial< RestError > > {
	try {
		return ( await response.json() ) as Partial< RestError >;
	} catch {
		return {};
	}
}

/**
 * A screen left open overnight holds a dead nonce. api-fetch renews it by itself
 * only for parsed requests, so do the same here.
 *
 * @param error What the first try was refused with.
 */
async function renewedNonce( error: unknown ): Promise< boolean > {
	const { nonceEndpoint, nonceMiddleware } = apiFetch;
	const isDeadNonce = ( error as RestFailure )?.code === 'rest_cookie_invalid_nonce';
	if ( ! isDeadNonce || ! nonceEndpoint || ! nonceMiddleware ) {
		return false;
	}
	const answer = await window.fetch( nonceEndpoint ).catch( () => null );
	if ( ! answer?.ok ) {
		return false;
	}
	nonceMiddleware.nonce = await answer.text();
	return true;
}
