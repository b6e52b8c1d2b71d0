import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { request, type Dispatcher } from 'undici';
import { createAgent } from '../outbound/agent.ts';
import { sizeLimit, tooManyBytes } from './size-limit.ts';
import { ResultProblem } from './problem.ts';
import { assertPublicHost, publicLookup } from './public-address.ts';

const MAX_HOPS = 5;
/**
 * 125 megapixels, the most that a sale plans for (`MAX_OUTPUT_PIXELS` in plugin/Storefront/SizePlan.php), are at most
 * 500 MB without loss, transparency included. It goes to disk as it comes, so only the disk must have that much.
 */
export const MAX_BYTES = 520_000_000;
/** Pictures flow to disk, counted as they come. */
const UNCAPPED = { maxResponseSize: -1 };
const GONE = [ 401, 403, 404, 410 ];

/** Fetches pictures without ever being led into a private network. */
export class Fetcher {
	readonly #open = createAgent( UNCAPPED );
	readonly #guarded = createAgent( { ...UNCAPPED, lookup: publicLookup } );

	/**
	 * @param trusted   Origins that are allowed as they are.
	 * @param siteBasic Where basic authentication applies, and its `user:password`.
	 */
	constructor(
		readonly trusted: Set< string >,
		readonly siteBasic: { origin: string; credentials: string } | null = null,
		readonly maxBytes: number = MAX_BYTES
	) {}

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
				await answer.body.dump();
				throw badStatus( answer.statusCode );
			}
		}
		throw new ResultProblem( 'unreachable', `The result's address leads on more than ${ MAX_HOPS } times.` );
	}

	#get( url: URL, signal: AbortSignal ): Promise< Dispatcher.ResponseData > {
		const isTrusted = this.trusted.has( url.origin );
		if ( ! isTrusted ) {
			assertPublicHost( url );
		}
		const basic = this.siteBasic?.origin === url.origin ? this.siteBasic.credentials : null;
		const headers = basic === null ? {} : { authorization: `Basic ${ Buffer.from( basic ).toString( 'base64' ) }` };
		return request( url, { dispatcher: isTrusted ? this.#open : this.#guarded, method: 'GET', headers, signal } );
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

function badStatus( status: number ): ResultProblem {
	return GONE.includes( status )
		? new ResultProblem( 'gone', `The result is not to be had (HTTP ${ status }).` )
		: new ResultProblem( 'unreachable', `The result could not be fetched (HTTP ${ status }).` );
}

function asProblem( error: unknown ): ResultProblem {
	const found = [ error, ( error as Error ).cause ].find( ( one ) => one instanceof ResultProblem );
	return (
		( found as ResultProblem | undefined ) ??
		new ResultProblem( 'unreachable', `The result could not be fetched: ${ ( error as Error ).message }.` )
	);
}
