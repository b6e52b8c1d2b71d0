import type { Agent } from 'undici';
import type { Config } from '../config.ts';
import { canonicalQuery, type Query } from '../canonical-query.ts';
import { routeUrl } from '../connection-string.ts';
import type {
	BeginRequest,
	BeginResponse,
	HelloRequest,
	HelloResponse,
	PaymentCompletedRequest,
	SyncRequest,
	SyncResponse,
} from '../contracts.generated.ts';
import { misfit } from '../contracts.ts';
import type { LastSync } from '../last-sync.ts';
import { jsonObject } from '../json.ts';
import { createAgent } from '../outbound/agent.ts';
import { call, type HttpAnswer } from '../outbound/call.ts';
import { describeAnswer } from '../outbound/words.ts';
import { hideAll, hideKnown, type Hide } from '../secrets.ts';
import { signedHeaders } from '../signing.ts';
import { clockSkew } from './clock-skew.ts';
import { SiteRefused, SiteUnreachable } from './errors.ts';

const NAMESPACE = '/smi/v1';
const SYNC_TIMEOUT_MS = 30_000;
const FILE_TIMEOUT_MS = 60_000;
const BEGIN_TIMEOUT_MS = 10_000;
const GIVE_BACK_TIMEOUT_MS = 5_000;

interface Post {
	query?: Query;
	body: string | Uint8Array;
	type: string;
	timeoutMs?: number;
	method?: Method;
	/** Sent as POST, with a header that names the method. */
	isOverridden?: boolean;
}

/** Of the route, and of its signature. */
type Method = 'POST' | 'DELETE';

/** The only way to the site: every call signed, every answer judged by its envelope. */
export class WordPress {
	/** For `/readyz`, which tells whether work still comes in. */
	readonly lastSync: LastSync = { at: null, error: null };
	readonly #agent: Agent = createAgent( { headersTimeout: FILE_TIMEOUT_MS, bodyTimeout: FILE_TIMEOUT_MS } );

	readonly #hide: Hide;

	constructor( readonly config: Pick< Config, 'site' | 'siteBasicAuth' | 'secrets' > ) {
		this.#hide = hideKnown( config.secrets );
	}

	hello( body: HelloRequest ): Promise< HelloResponse > {
		return this.#noting( async () =>
			fitting( 'HelloResponse', await this.#json( '/bridge/hello', body, [ 'protocol', 'site' ] ) )
		);
	}

	async sync( body: SyncRequest, timeoutMs: number = SYNC_TIMEOUT_MS ): Promise< SyncResponse > {
		const how = { timeoutMs };
		const answer = await this.#noting< SyncResponse >( async () =>
			fitting( 'SyncResponse', await this.#json( '/bridge/sync', body, [ 'answers', 'commands' ], how ) )
		);
		this.lastSync.at = performance.now();
		return answer;
	}

	paymentCompleted( jobId: string, body: PaymentCompletedRequest ): Promise< unknown > {
		return this.#json( `/bridge/jobs/${ jobId }/payment-completed`, body, [] );
	}

	/**
	 * Asks to send an attempt, just before the call. The same pair hears the same answer.
	 *
	 * @throws SiteRefused 409: it must not be sent.
	 */
	begin( attempt: string, pair: BeginRequest ): Promise< BeginResponse > {
		return this.#json( `/bridge/attempts/${ attempt }/begin`, pair, [ 'state' ], { timeoutMs: BEGIN_TIMEOUT_MS } );
	}

	/**
	 * Says that an attempt was not sent after all.
	 *
	 * @param isOverridden As a POST, for hosts that let no DELETE through.
	 */
	giveBack( attempt: string, pair: BeginRequest, isOverridden: boolean ): Promise< BeginResponse > {
		const how = { method: 'DELETE' as const, isOverridden, timeoutMs: GIVE_BACK_TIMEOUT_MS };
		return this.#json( `/bridge/attempts/${ attempt }/begin`, pair, [ 'state' ], how );
	}

	/** Sends one part of a file; what came back is for the uploader to read, a 413 page of a proxy included. */
	async filePart( attempt: string, query: Query, body: Uint8Array ): Promise< HttpAnswer > {
		const post = { query, body, type: 'application/octet-stream', timeoutMs: FILE_TIMEOUT_MS };
		return this.#post( `/bridge/attempts/${ attempt }/file`, post );
	}

	close(): Promise< void > {
		return this.#agent.close();
	}

	async #noting< T >( ask: () => Promise< T > ): Promise< T > {
		try {
			const answer = await ask();
			this.lastSync.error = null;
			return answer;
		} catch ( error ) {
			this.lastSync.error = hideAll( this.config.secrets )( ( error as Error ).message );
			throw error;
		}
	}

	async #json< T >( path: string, body: object, keys: string[], how: Partial< Post > = {} ): Promise< T > {
		// A provider's words are told to the site, and may quote the key that they refuse.
		const text = this.#hide( JSON.stringify( body, wellFormed ) );
		const post = { body: text, type: 'application/json', ...how };
		return readEnvelope< T >( await this.#post( path, post ), keys );
	}

	async #post( path: string, post: Post ): Promise< HttpAnswer > {
		const query = canonicalQuery( post.query ?? {} );
		const route = NAMESPACE + path + ( query === '' ? '' : `?${ query }` );
		const { site, siteBasicAuth } = this.config;
		const { method = 'POST', isOverridden = false } = post;
		const headers = {
			'Content-Type': post.type,
			Accept: 'application/json',
			...( siteBasicAuth === null
				? {}
				: { Authorization: `Basic ${ Buffer.from( siteBasicAuth ).toString( 'base64' ) }` } ),
			...( isOverridden ? { 'X-HTTP-Method-Override': method } : {} ),
			...( await signedHeaders( site, method, route, post.body ) ),
		};
		try {
			const options = {
				method: isOverridden ? ( 'POST' as const ) : method,
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

/** An answer in our envelope that keeps its contract too; anything else was made or changed on the way. */
function fitting< T >( name: Parameters< typeof misfit >[ 0 ], answer: unknown ): T {
	const fault = misfit( name, answer );
	if ( fault !== null ) {
		throw new SiteUnreachable( `Something else than the plugin answered: in its ${ name } ${ fault }.` );
	}
	return answer as T;
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
			`Something else than the plugin answered (HTTP ${ answer.status }): a server's or a proxy's page.${ describeAnswer( answer ) }`
		);
	}
	if ( body[ 'code' ] === 'rest_no_route' ) {
		throw new SiteUnreachable( 'The site answers, but the plugin does not: it is switched off, or too old.' );
	}
	const data = ( body[ 'data' ] ?? {} ) as Record< string, unknown >;
	const message = String( body[ 'message' ] ?? body[ 'code' ] ) + clockSkew( answer.status, data );
	throw new SiteRefused( answer.status, body[ 'code' ], message, data );
}
