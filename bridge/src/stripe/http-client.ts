import type Stripe from 'stripe';
import type { Dispatcher } from 'undici';
import type { HttpAnswer } from '../outbound/call.ts';
import type { Outlet } from '../outbound/outlet.ts';

type MakeRequest = Stripe.HttpClient[ 'makeRequest' ];
type Response = Awaited< ReturnType< MakeRequest > >;

/** Lets Stripe's SDK go out by our own way, whatever it asks for. */
export function httpClientOver( outlet: Outlet ): Stripe.HttpClient {
	const makeRequest: MakeRequest = async ( host, port, path, method, headers, body, protocol, timeoutMs ) => {
		const answer = await outlet.send( `${ protocol }://${ host }:${ port }${ path }`, {
			method: method as Dispatcher.HttpMethod,
			headers: plain( headers ),
			body: method === 'GET' ? null : body,
			timeoutMs,
		} );
		return responseOf( answer );
	};
	return { getClientName: () => 'undici', makeRequest };
}

function plain( headers: Parameters< MakeRequest >[ 4 ] ): Record< string, string > {
	return Object.fromEntries( Object.entries( headers ).map( ( [ name, value ] ) => [ name, String( value ) ] ) );
}

function responseOf( { status, headers, text }: HttpAnswer ): Response {
	const raw = { status };
	return {
		getStatusCode: () => status,
		getHeaders: () => headers as ReturnType< Response[ 'getHeaders' ] >,
		// The SDK writes its own facts into it.
		getRawResponse: () => raw,
		toStream: () => {
			throw new Error( 'Nothing is asked for as a stream.' );
		},
		toJSON: async () => JSON.parse( text ),
	};
}
