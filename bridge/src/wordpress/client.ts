import type { Agent } from 'undici';
import type { Config } from '../config.ts';
import { canonicalQuery, type Query } from '../canonical-query.ts';
import { routeUrl } from '../connection-string.ts';
import type {
	HelloRequest,
	HelloResponse,
	PaymentCompletedRequest,
	SyncRequest,
	SyncResponse,
} from '../contracts.generated.ts';
import { call, createAgent, jsonObject, type HttpAnswer } from '../http.ts';
import { signedHeaders } from '../signing.ts';
import { clockSkew } from './clock-skew.ts';
import { SiteRefused, SiteUnreachable } from './errors.ts';

const NAMESPACE = '/smi/v1';
const SYNC_TIMEOUT_MS = 30_000;
const FILE_TIMEOUT_MS = 60_000;

interface Post {
	query?: Query;
	body: string | Uint8Array;
	type: string;
	timeoutMs?: number;
}

/** The only way to the site: every call signed, every answer judged by its envelope. */
export class WordPress {
	readonly #agent: Agent = createAgent( { headersTimeout: FILE_TIMEOUT_MS, bodyTimeout: FILE_TIMEOUT_MS } );

	constructor( readonly config: Pick< Config, 'site' | 'siteBasicAuth' > ) {}

	hello( body: HelloRequest ): Promise< HelloResponse > {
		return this.#json< HelloResponse >( '/bridge/hello', body, [ 'protocol', 'site' ] );
	}

	sync( body: SyncRequest, timeoutMs: number = SYNC_TIMEOUT_MS ): Promise< SyncResponse > {
		return this.#json< SyncResponse >( '/bridge/sync', body, [ 'answers', 'commands' ], timeoutMs );
	}

	paymentCompleted( jobId: string, body: PaymentCompletedRequest ): Promise< unknown > {
		return this.#json( `/bridge/jobs/${ jobId }/payment-completed`, body, [] );
	}

	/** Sends one part of a file; what came back is for the uploader to read, a 413 page of a proxy included. */
	async filePart( attempt: string, query: Query, body: Uint8Array ): Promise< HttpAnswer > {
		const post = { query, body, type: 'application/octet-stream', timeoutMs: FILE_TIMEOUT_MS };
		return this.#post( `/bridge/attempts/${ attempt }/file`, post );
	}

	close(): Promise< void > {
		return this.#agent.close();
	}

	async #json< T >( path: string, body: object, keys: string[], timeoutMs = SYNC_TIMEOUT_MS ): Promise< T > {
		const post = { body: JSON.stringify( body, wellFormed ), type: 'application/json', timeoutMs };
		return readEnvelope< T >( await this.#post( path, post ), keys );
	}

	async #post( path: string, post: Post ): Promise< HttpAnswer > {
		const query = canonicalQuery( post.query ?? {} );
		const route = NAMESPACE + path + ( query === '' ? '' : `?${ query }` );
		const { site, siteBasicAuth } = this.config;
		const headers = {
			'Content-Type': post.type,
			Accept: 'application/json',
			...( siteBasicAuth === null
				? {}
				: { Authorization: `Basic ${ Buffer.from( siteBasicAuth ).toString( 'base64' ) }` } ),
			...( await signedHeaders( site, 'POST', route, post.body ) ),
		};
		try {
			const options = {
				method: 'POST' as const,
				headers,
				body: post.body,
				timeoutMs: post.timeoutMs ?? SYNC_TIMEOUT_MS,
			};
			return await call( this.#agent, routeUrl( site, NAMESPACE + path, query ), options );
		} catch ( error ) {
			throw new SiteUnreachable( `The site does not answer. ${ ( error as Error ).message }`, { cause: error } );
		}
	}
}

/** Foreign text may be cut in the middle of a character; PHP refuses a whole message for one such half. */
function wellFormed( _key: string, value: unknown ): unknown {
	return typeof value === 'string' ? value.toWellFormed() : value;
}

/**
 * The site's answer, or the right kind of error.
 *
 * @param keys What our own answer holds; without them something else answered.
 */
export function readEnvelope< T >( answer: HttpAnswer, keys: string[] ): T {
	const body = jsonObject( answer.text );
	if ( answer.status >= 200 && answer.status < 300 && body !== null && keys.every( ( key ) => key in body ) ) {
		return body as T;
	}
	if ( body === null || answer.status < 400 || answer.status >= 500 || typeof body[ 'code' ] !== 'string' ) {
		throw new SiteUnreachable(
			`Something else than the plugin answered (HTTP ${ answer.status }): a server's or a proxy's page.`
		);
	}
	if ( body[ 'code' ] === 'rest_no_route' ) {
		throw new SiteUnreachable( 'The site answers, but the plugin does not: it is switched off, or too old.' );
	}
	const data = ( body[ 'data' ] ?? {} ) as Record< string, unknown >;
	const message = String( body[ 'message' ] ?? body[ 'code' ] ) + clockSkew( answer.status, data );
	throw new SiteRefused( answer.status, body[ 'code' ], message, data );
}
