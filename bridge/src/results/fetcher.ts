import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { request, type Agent, type Dispatcher } from 'undici';
import { createAgent } from '../outbound/agent.ts';
import type { Watch } from '../outbound/watch.ts';
import { describeAnswer, plainAddress } from '../outbound/words.ts';
import { sizeLimit, tooManyBytes } from './size-limit.ts';
import { ResultProblem } from './problem.ts';
import { assertPublicHost, publicLookup, type Names } from './public-address.ts';

const MAX_HOPS = 5;
/**
 * 125 megapixels, the most that a sale plans for (`MAX_OUTPUT_PIXELS` in plugin/Storefront/SizePlan.php), are at most
 * 500 MB without loss, transparency included. It goes to disk as it comes, so only the disk must have that much.
 */
export const MAX_BYTES = 520_000_000;
/** Pictures flow to disk, counted as they come. */
const UNCAPPED = { maxResponseSize: -1 };
/** Of a page that is no result: enough to know it by. */
const GLANCE_BYTES = 4_096;
/** As storages say it: "Request has expired", "ExpiredToken", "Signature not valid in the specified time frame". */
const EXPIRED = /expired|not valid in the specified time/i;
const GONE = [ 401, 403, 404, 410 ];

export interface FetcherOptions extends Names {
	watch?: Watch;
	/** Certificates to trust instead of the machine's. */
	ca?: string;
}

/** Fetches pictures without ever being led into a private network. */
export class Fetcher {
	readonly #open = createAgent( UNCAPPED );
	readonly #guarded: Agent;
	readonly #watch: Watch;

	/**
	 * @param trusted   Origins that are allowed as they are.
	 * @param siteBasic Where basic authentication applies, and its `user:password`.
	 */
	constructor(
		readonly trusted: Set< string >,
		readonly siteBasic: { origin: string; credentials: string } | null = null,
		readonly maxBytes: number = MAX_BYTES,
		{ watch = () => {}, ca, ...names }: FetcherOptions = {}
	) {
		this.#watch = watch;
		this.#guarded = createAgent( { ...UNCAPPED, ca, lookup: publicLookup( names ) } );
	}

	/**
	 * Brings a file to disk.
	 *
	 * @throws ResultProblem
	 */
	async save( address: string, file: string, signal: AbortSignal ): Promise< void > {
		try {
			const body = await this.#follow( address, signal );
			await pipeline( body, sizeLimit( this.maxBytes ), createWriteStream( file ), { signal } );
		} catch ( error ) {
			throw asProblem( error );
		}
	}

	async close(): Promise< void > {
		await Promise.all( [ this.#open.close(), this.#guarded.close() ] );
	}

	async #follow( address: string, signal: AbortSignal ): Promise< Dispatcher.ResponseData[ 'body' ] > {
		let url = parse( address );
		for ( let hop = 0; hop <= MAX_HOPS; hop++ ) {
			const answer = await this.#get( url, signal );
			const next = answer.statusCode >= 300 && answer.statusCode < 400 ? answer.headers[ 'location' ] : undefined;
			if ( typeof next === 'string' ) {
				await answer.body.dump();
				url = parse( next, url );
			} else if ( answer.statusCode === 200 ) {
				assertFits( answer, this.maxBytes );
				return answer.body;
			} else {
				throw badStatus( answer, url, await glance( answer.body ) );
			}
		}
		throw new ResultProblem( 'unreachable', `The result's address leads on more than ${ MAX_HOPS } times.` );
	}

	async #get( url: URL, signal: AbortSignal ): Promise< Dispatcher.ResponseData > {
		const isTrusted = this.trusted.has( url.origin );
		if ( ! isTrusted ) {
			assertPublicHost( url );
		}
		const basic = this.siteBasic?.origin === url.origin ? this.siteBasic.credentials : null;
		const headers = basic === null ? {} : { authorization: `Basic ${ Buffer.from( basic ).toString( 'base64' ) }` };
		const dispatcher = isTrusted ? this.#open : this.#guarded;
		const startedAt = performance.now();
		const tell = ( status: number | null, more: object = {} ) =>
			this.#watch( {
				provider: 'results',
				method: 'GET',
				path: plainAddress( url.href ),
				status,
				ms: performance.now() - startedAt,
				requestId: null,
				...more,
			} );
		try {
			const answer = await request( url, { dispatcher, method: 'GET', headers, signal } );
			tell( answer.statusCode, leadsTo( answer, url ) );
			return answer;
		} catch ( error ) {
			tell( null );
			throw error;
		}
	}
}

function parse( address: string, base?: URL ): URL {
	const url = URL.canParse( address, base?.href ) ? new URL( address, base?.href ) : null;
	if ( url === null || ! /^https?:$/.test( url.protocol ) ) {
		throw new ResultProblem( 'private_redirect', 'The result is not at a web address.' );
	}
	return url;
}

/** @throws ResultProblem Before half a gigabyte is fetched in vain. */
function assertFits( { headers, body }: Dispatcher.ResponseData, most: number ): void {
	if ( Number( headers[ 'content-length' ] ?? 0 ) > most ) {
		body.on( 'error', () => {} ).destroy();
		throw tooManyBytes( most );
	}
}

function leadsTo( { headers }: Dispatcher.ResponseData, from: URL ): { leadsTo?: string } {
	const { location } = headers;
	return typeof location === 'string' && URL.canParse( location, from.href )
		? { leadsTo: plainAddress( new URL( location, from.href ).href ) }
		: {};
}

/** The first bytes of an answer that is not wanted. */
async function glance( body: Dispatcher.ResponseData[ 'body' ] ): Promise< string > {
	let text = '';
	try {
		for await ( const chunk of body ) {
			text += String( chunk );
			if ( text.length >= GLANCE_BYTES ) {
				break;
			}
		}
	} catch {
		// Half a page says as much.
	}
	return text;
}

function badStatus( { statusCode, headers }: Dispatcher.ResponseData, url: URL, text: string ): ResultProblem {
	const said = ` at ${ url.host } (HTTP ${ statusCode }).${ describeAnswer( { headers, text } ) }`;
	return GONE.includes( statusCode )
		? new ResultProblem( EXPIRED.test( text ) ? 'expired' : 'gone', `The result is not to be had${ said }` )
		: new ResultProblem( 'unreachable', `The result could not be fetched${ said }` );
}

function asProblem( error: unknown ): ResultProblem {
	const found = [ error, ( error as Error ).cause ].find( ( one ) => one instanceof ResultProblem );
	return (
		( found as ResultProblem | undefined ) ??
		new ResultProblem( 'unreachable', `The result could not be fetched: ${ ( error as Error ).message }.` )
	);
}
