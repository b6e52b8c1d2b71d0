import { setTimeout as sleep } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { CALL_TIMEOUT_MS } from './agent.ts';
import { Bucket, type Rate } from './bucket.ts';
import { call, NotSentError, retryAfter, type HttpAnswer, type HttpRequest } from './call.ts';
import type { Watch } from './watch.ts';

/** Reads are tried so often. What changes something is sent once: whether it is sent again is for the site to say. */
const READ_TRIES = 3;
const FIRST_PAUSE_MS = 300;
/** A write waits no longer for its place: its lease was checked before. */
const LONGEST_WAIT_MS = 5_000;
const LONGEST_HOLD_MS = 60_000;
const USUAL_HOLD_MS = 1_000;
const PASSING = [ 408, 429, 500, 502, 503, 504 ];

export interface OutletOptions {
	agent: Dispatcher;
	/** For logs and metrics. */
	provider: string;
	rate: Rate;
	/** More than so many calls at once are not sent. */
	atOnce?: number;
	/** What the provider calls a call's own number. */
	requestIdHeader?: string;
	watch?: Watch | undefined;
}

/** The way to one provider: paced, within a deadline, reads repeated, every call seen. */
export class Outlet {
	readonly #bucket: Bucket;
	#running = 0;

	constructor( readonly options: OutletOptions ) {
		this.#bucket = new Bucket( options.rate );
	}

	/**
	 * The provider's answer, whatever it is; waiting and trying again count into `timeoutMs`.
	 *
	 * @throws NotSentError When nothing was sent: no connection, or no place in the line.
	 * @throws NoAnswerError When it may have arrived.
	 */
	async send( url: string, request: HttpRequest ): Promise< HttpAnswer > {
		const endsAt = performance.now() + ( request.timeoutMs ?? CALL_TIMEOUT_MS );
		for ( let attempt = 1; ; attempt++ ) {
			const isLast = request.method !== 'GET' || attempt >= READ_TRIES;
			const answer = await this.#try( url, request, endsAt ).catch( ( error: Error ) => error );
			const pauseMs = isLast ? null : this.#pause( answer, attempt );
			if ( pauseMs === null || performance.now() + pauseMs >= endsAt ) {
				return unlessError( answer );
			}
			await sleep( pauseMs );
		}
	}

	/** How long to wait before the same is asked again; null when the answer stands. */
	#pause( answer: HttpAnswer | Error, attempt: number ): number | null {
		if ( ! ( answer instanceof Error ) && ! PASSING.includes( answer.status ) ) {
			return null;
		}
		const asked = answer instanceof Error ? null : retryAfter( answer.headers );
		const usual = FIRST_PAUSE_MS * 2 ** ( attempt - 1 ) * ( 0.5 + Math.random() );
		return Math.max( asked === null ? usual : asked * 1_000, this.#bucket.waitMs );
	}

	async #try( url: string, request: HttpRequest, endsAt: number ): Promise< HttpAnswer > {
		this.#running++;
		try {
			await this.#place( request.method === 'GET' ? endsAt - performance.now() : LONGEST_WAIT_MS );
			const timeoutMs = Math.max( 1, Math.floor( endsAt - performance.now() ) );
			return await this.#watched( url, { ...request, timeoutMs } );
		} finally {
			this.#running--;
		}
	}

	/** @throws NotSentError When there is none in time. */
	async #place( mostMs: number ): Promise< void > {
		const { provider, atOnce = Number.POSITIVE_INFINITY } = this.options;
		const waitMs = this.#running <= atOnce ? this.#bucket.take( mostMs ) : null;
		if ( waitMs === null ) {
			throw new NotSentError( new Error( `too many calls to ${ provider } wait already.` ) );
		}
		if ( waitMs > 0 ) {
			await sleep( waitMs );
		}
	}

	async #watched( url: string, request: HttpRequest ): Promise< HttpAnswer > {
		const startedAt = performance.now();
		let answer: HttpAnswer | null = null;
		try {
			answer = await call( this.options.agent, url, request );
			if ( answer.status === 429 ) {
				const asked = retryAfter( answer.headers );
				this.#bucket.hold( asked === null ? USUAL_HOLD_MS : Math.min( asked * 1_000, LONGEST_HOLD_MS ) );
			}
			return answer;
		} finally {
			this.#tell( url, request.method, startedAt, answer );
		}
	}

	#tell( url: string, method: string, startedAt: number, answer: HttpAnswer | null ): void {
		const { provider, requestIdHeader = 'request-id', watch } = this.options;
		watch?.( {
			provider,
			method,
			path: new URL( url ).pathname,
			status: answer?.status ?? null,
			ms: performance.now() - startedAt,
			requestId: ( answer?.headers[ requestIdHeader ] as string | undefined ) ?? null,
		} );
	}
}

function unlessError( answer: HttpAnswer | Error ): HttpAnswer {
	if ( answer instanceof Error ) {
		throw answer;
	}
	return answer;
}
