/** A door that a test stands at: what goes through it may be held up, cut off, or be the moment to kill somebody. */
import { createServer, request as ask, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** One request on its way; `status` and `answer` are there once the other side has answered. */
export interface Passage {
	method: string;
	/** Path and query. */
	path: string;
	body: string;
	status: number | null;
	answer: string;
}

/** What a passage must be like. */
export interface Like {
	method?: string;
	/** Beginning of the path, or a pattern for all of it. */
	path?: string | RegExp;
	/** What the body must hold. */
	body?: string | RegExp;
	/** What the answer must hold; after it only. */
	answer?: string | RegExp;
}

/** Lets it pass, cuts the connection, or answers in the other side's place. */
export type Verdict = 'pass' | 'cut' | { status: number; body?: unknown; headers?: Record< string, string > };
type Act = ( passage: Passage ) => Promise< Verdict | void > | Verdict | void;

interface Watch {
	when: 'before' | 'after';
	like: Like;
	act: Act;
	left: number;
}

export interface Gate {
	/** Without a slash at the end. */
	url: string;
	port: number;
	/** Everything that came, oldest first. */
	passages: Passage[];
	/** Does something before such a request goes on; `times` of them, else the next one. */
	before: ( like: Like, act: Act, times?: number ) => void;
	/** Does something when the other side has done it, before whoever asked hears. */
	after: ( like: Like, act: Act, times?: number ) => void;
	/** Forgets what is watched for. */
	clear: () => void;
	close: () => Promise< void >;
}

/** @param target Where everything goes; null where nobody is: then it is a 502. */
export async function openGate( target: () => string | null ): Promise< Gate > {
	const watches: Watch[] = [];
	const passages: Passage[] = [];
	const server = createServer( ( request, response ) => {
		// Whoever asked may be dead by now.
		serve( request, response, target, watches, passages ).catch( () => response.destroy() );
	} );
	const port = await listen( server );
	const watch =
		( when: Watch[ 'when' ] ): Gate[ 'before' ] =>
		( like, act, times = 1 ) =>
			void watches.push( { when, like, act, left: times } );
	return {
		url: `http://127.0.0.1:${ port }`,
		port,
		passages,
		before: watch( 'before' ),
		after: watch( 'after' ),
		clear: () => void watches.splice( 0 ),
		close: async () => {
			server.closeAllConnections();
			await new Promise( ( done ) => server.close( done ) );
		},
	};
}

const listen = ( server: Server ) =>
	new Promise< number >( ( done ) =>
		server.listen( 0, '127.0.0.1', () => {
			const address = server.address();
			done( typeof address === 'object' && address ? address.port : 0 );
		} )
	);

async function serve(
	request: IncomingMessage,
	response: ServerResponse,
	target: () => string | null,
	watches: Watch[],
	passages: Passage[]
): Promise< void > {
	const body = await read( request );
	const passage = {
		method: request.method ?? '',
		path: request.url ?? '',
		body: body.toString(),
		status: null,
		answer: '',
	};
	passages.push( passage );
	if ( await isStopped( passage, 'before', watches, response ) ) {
		return;
	}
	const to = target();
	if ( to === null ) {
		response.writeHead( 502 ).end();
		return;
	}
	const { status, headers, answer } = await forward( to, request, body );
	Object.assign( passage, { status, answer: answer.toString() } );
	if ( ! ( await isStopped( passage, 'after', watches, response ) ) ) {
		response.writeHead( status, headers ).end( answer );
	}
}

/** Whether the test at the gate has ended the passage. */
async function isStopped(
	passage: Passage,
	when: Watch[ 'when' ],
	watches: Watch[],
	response: ServerResponse
): Promise< boolean > {
	const watch = watches.find( ( one ) => one.when === when && one.left > 0 && isLike( passage, one.like ) );
	if ( ! watch ) {
		return false;
	}
	watch.left--;
	const verdict = ( await watch.act( passage ) ) ?? 'pass';
	if ( verdict === 'cut' ) {
		response.destroy();
	} else if ( verdict !== 'pass' ) {
		response
			.writeHead( verdict.status, { 'content-type': 'application/json', ...verdict.headers } )
			.end( JSON.stringify( verdict.body ?? {} ) );
	}
	return verdict !== 'pass';
}

function isLike( passage: Passage, { method, path, body, answer }: Like ): boolean {
	return (
		( method === undefined || method === passage.method ) &&
		( typeof path !== 'string' || passage.path.startsWith( path ) ) &&
		( ! ( path instanceof RegExp ) || path.test( passage.path ) ) &&
		holds( passage.body, body ) &&
		holds( passage.answer, answer )
	);
}

const holds = ( text: string, what: string | RegExp | undefined ) =>
	what === undefined || ( typeof what === 'string' ? text.includes( what ) : what.test( text ) );

/** A connection of its own for each: one that was cut must not be used again. */
function forward(
	to: string,
	request: IncomingMessage,
	body: Buffer
): Promise< { status: number; headers: Record< string, string | string[] >; answer: Buffer } > {
	const url = new URL( to );
	const headers = { ...request.headers, host: url.host, connection: 'close' };
	return new Promise( ( done, failed ) => {
		const asked = ask(
			{ host: url.hostname, port: url.port, method: request.method, path: request.url, headers, agent: false },
			( reply ) => {
				read( reply ).then( ( answer ) => {
					const { connection: _, 'transfer-encoding': __, ...kept } = reply.headers;
					done( {
						status: reply.statusCode ?? 502,
						headers: kept as Record< string, string | string[] >,
						answer,
					} );
				}, failed );
			}
		);
		asked.once( 'error', failed );
		asked.end( body );
	} );
}

async function read( stream: AsyncIterable< Buffer > ): Promise< Buffer > {
	const parts: Buffer[] = [];
	for await ( const part of stream ) {
		parts.push( part );
	}
	return Buffer.concat( parts );
}
