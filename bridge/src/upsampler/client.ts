import type { Agent } from 'undici';
import type { Config } from '../config.ts';
import { jsonObject } from '../json.ts';
import { createAgent } from '../outbound/agent.ts';
import type { HttpAnswer } from '../outbound/call.ts';
import { Outlet } from '../outbound/outlet.ts';
import type { Watch } from '../outbound/watch.ts';
import type { UpscaleRequest } from '../protocol/upscaler.ts';

/** Upsampler takes fewer than 60 submissions a minute, and few at once. */
const SUBMISSIONS = { rate: { perSecond: 50 / 60, burst: 4 }, atOnce: 4 };
const READS = { rate: { perSecond: 10, burst: 10 } };

/** Upsampler's API, as it answers; `upscaler.ts` says what an answer means. */
export class Upsampler {
	// No kept connections: one that the other end just closed would make "sent or not?" unknowable.
	readonly #agent: Agent = createAgent( { pipelining: 0 } );
	readonly #submissions: Outlet;
	readonly #reads: Outlet;
	readonly origin: string;

	constructor(
		readonly config: Pick< Config, 'upsamplerKey' | 'upsamplerApiBase' >,
		watch?: Watch
	) {
		const common = { agent: this.#agent, provider: 'upsampler', watch };
		this.#submissions = new Outlet( { ...common, ...SUBMISSIONS } );
		this.#reads = new Outlet( { ...common, ...READS } );
		this.origin = new URL( config.upsamplerApiBase ).origin;
	}

	/**
	 * Waits until the next submission may go; after that it goes at once.
	 *
	 * @return Null, or in how many seconds to come again: too many wait.
	 */
	async placeToSubmit(): Promise< number | null > {
		const waitMs = this.#submissions.waitMs;
		try {
			await this.#submissions.place();
			return null;
		} catch {
			return Math.max( 1, Math.ceil( waitMs / 1_000 ) );
		}
	}

	/** Buys an upscale, in a place that was waited for. There is no idempotency key: never call it twice for one attempt. */
	submit( input: UpscaleRequest, webhook: string | null ): Promise< HttpAnswer > {
		const body = JSON.stringify( { ...( webhook === null ? {} : { webhook } ), input } );
		return this.#call( this.#submissions, 'POST', '/precise-upscale', body, true );
	}

	status( id: string ): Promise< HttpAnswer > {
		return this.#call( this.#reads, 'GET', `/status/${ encodeURIComponent( id ) }`, null );
	}

	close(): Promise< void > {
		return this.#agent.close();
	}

	#call(
		outlet: Outlet,
		method: 'GET' | 'POST',
		path: string,
		body: string | null,
		isPlaced = false
	): Promise< HttpAnswer > {
		const headers = {
			Authorization: `Bearer ${ this.config.upsamplerKey }`,
			Accept: 'application/json',
			...( body === null ? {} : { 'Content-Type': 'application/json' } ),
		};
		return outlet.send( this.config.upsamplerApiBase + path, { method, headers, body, isPlaced } );
	}
}

/** Upsampler's words about an error, which are a string, or an object with a message, or missing. */
export function errorWords( text: string ): string | null {
	const body = jsonObject( text );
	const error = body?.[ 'error' ] ?? body?.[ 'message' ] ?? null;
	if ( typeof error === 'object' && error !== null ) {
		const { message, code } = error as { message?: unknown; code?: unknown };
		return String( message ?? code ?? JSON.stringify( error ) ).slice( 0, 500 );
	}
	return error === null ? null : String( error ).slice( 0, 500 );
}
