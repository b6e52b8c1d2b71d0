/**
 * The only thing that is faked: what the site answers. Screens, store and
 * api-fetch are the real ones.
 */
export interface Call {
	method: string;
	/** With its query, decoded. */
	path: string;
	query: URLSearchParams;
	body: unknown;
	headers: Record< string, string >;
}

type Answer = {
	status?: number;
	body: unknown;
	headers?: Record< string, string >;
	/** How long it takes; 0 unless told. */
	delayMs?: number;
};
type Handler = ( call: Call ) => Answer | 'down' | undefined;

export const calls: Call[] = [];
let handlers: Handler[] = [];

/** Asked in order, the newest first; undefined passes on to the next. */
export function answerWith( handler: Handler ) {
	handlers = [ handler, ...handlers ];
}

export function callsTo( method: string, path: string ): Call[] {
	return calls.filter( ( c ) => c.method === method && c.path === path );
}

export function refusal( status: number, code: string, message: string, more: object = {} ): Answer {
	return { status, body: { code, message, data: { status, ...more } } };
}

function toCall( url: string, init: RequestInit ): Call {
	const { pathname, searchParams } = new URL( url, 'http://site.test' );
	searchParams.delete( '_locale' );
	const headers = ( init.headers ?? {} ) as Record< string, string >;
	return {
		// api-fetch tunnels PATCH and DELETE through POST, as old hosts need.
		method: headers[ 'X-HTTP-Method-Override' ] ?? init.method ?? 'GET',
		path: pathname.replace( '/smi/v1', '' ),
		query: searchParams,
		body: typeof init.body === 'string' ? JSON.parse( init.body ) : null,
		headers,
	};
}

function responseOf( { status = 200, body, headers = {} }: Answer ): Response {
	return {
		status,
		ok: status < 400,
		headers: new Headers( headers ),
		json: async () => JSON.parse( JSON.stringify( body ) ),
		text: async () => JSON.stringify( body ),
	} as Response;
}

function aborted(): DOMException {
	return new DOMException( 'The operation was aborted.', 'AbortError' );
}

/** As a browser does: whoever aborts hears so at once, also before the request is sent. */
function unlessAborted( { signal }: RequestInit, delayMs: number ): Promise< void > {
	return new Promise( ( done, failed ) => {
		const stop = () => failed( aborted() );
		if ( signal?.aborted ) {
			return stop();
		}
		signal?.addEventListener( 'abort', stop );
		setTimeout( () => {
			signal?.removeEventListener( 'abort', stop );
			done();
		}, delayMs );
	} );
}

async function fakeFetch( url: string, init: RequestInit = {} ): Promise< Response > {
	if ( init.signal?.aborted ) {
		throw aborted();
	}
	const call = toCall( url, init );
	calls.push( call );
	for ( const handler of handlers ) {
		const answer = handler( call );
		if ( answer === 'down' ) {
			throw new TypeError( 'Failed to fetch' );
		}
		if ( answer ) {
			await unlessAborted( init, answer.delayMs ?? 0 );
			return responseOf( answer );
		}
	}
	return responseOf( refusal( 404, 'rest_no_route', `No route ${ call.method } ${ call.path }` ) );
}

export function resetNetwork() {
	calls.length = 0;
	handlers = [];
	window.fetch = fakeFetch as typeof window.fetch;
}
