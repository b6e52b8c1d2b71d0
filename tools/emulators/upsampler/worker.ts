import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bomb } from './bomb.ts';
import { shown, type Job, type Jobs } from './jobs.ts';
import { enlarge, fetchPicture } from './picture.ts';

export interface WorkerOptions {
	jobs: Jobs;
	resultsDir: string;
	/** Where results are said to lie. */
	resultsUrl: () => string;
	webhookMethod: () => 'POST' | 'GET';
	/** How long a job waits in the queue, and is at least worked on, in milliseconds. */
	queueMs: number;
	workMs: number;
}

const WEBHOOK_TIMEOUT_MS = 10_000;

/** Waits for the end of something; null if it ended well. */
function settled( promise: Promise< unknown > ): Promise< Error | null > {
	return promise.then(
		() => null,
		( error: Error ) => error
	);
}

/** An address with fields in its query; what is null is left out, and objects are JSON. */
function withQuery( address: string, fields: Record< string, unknown > ): URL {
	const url = new URL( address );
	for ( const [ name, value ] of Object.entries( fields ) ) {
		if ( value !== null && value !== undefined ) {
			url.searchParams.set( name, typeof value === 'object' ? JSON.stringify( value ) : String( value ) );
		}
	}
	return url;
}

/** Makes results and tells the webhook once. */
export class Worker {
	private readonly stopping = new AbortController();
	private readonly running = new Set< Promise< void > >();

	constructor( private readonly options: WorkerOptions ) {}

	/** `picture` saves a fetch when the submission already made it. */
	start( job: Job, picture: Buffer | null ): void {
		const run = this.run( job, picture ).catch( () => undefined );
		this.running.add( run );
		void run.finally( () => this.running.delete( run ) );
	}

	async stop(): Promise< void > {
		this.stopping.abort();
		await Promise.all( this.running );
	}

	private async run( job: Job, picture: Buffer | null ): Promise< void > {
		const { jobs, queueMs, workMs } = this.options;
		const { signal } = this.stopping;
		// Large pictures take seconds, so the work begins while the job still says IN_QUEUE.
		const made = settled( job.outcome === 'hang' ? Promise.resolve() : this.make( job, picture ) );
		await sleep( queueMs, undefined, { signal } ).catch( () => made.then( () => signal.throwIfAborted() ) );
		job.status = 'IN_PROGRESS';
		jobs.changed();
		if ( job.outcome === 'hang' ) {
			return;
		}
		const waited = await settled( sleep( job.workMs ?? workMs, undefined, { signal } ) );
		const error = ( await made ) ?? waited;
		error ? this.fail( job, error ) : this.finish( job );
		await this.notify( job );
	}

	private finish( job: Job ): void {
		if ( job.outcome === 'fail' ) {
			this.options.jobs.finish( job, 'FAILED', 'The image could not be upscaled.' );
			return;
		}
		this.options.jobs.finish( job, 'SUCCESS' );
	}

	private fail( job: Job, error: Error ): void {
		// A stop is not a failure: the job is taken up again after the restart.
		this.stopping.signal.throwIfAborted();
		this.options.jobs.finish( job, 'FAILED', error.message );
	}

	private async make( job: Job, given: Buffer | null ): Promise< void > {
		if ( job.outcome === 'fail' ) {
			return;
		}
		const picture = given ?? ( await fetchPicture( job.input?.imageUrl ?? '' ) );
		const png = job.outcome === 'bomb' ? await bomb() : await enlarge( picture, job );
		await mkdir( this.options.resultsDir, { recursive: true } );
		await writeFile( this.path( job ), png );
	}

	path( job: Job ): string {
		return join( this.options.resultsDir, `${ job.id }.png` );
	}

	private async notify( job: Job ): Promise< void > {
		if ( job.webhook === null || job.outcome === 'no_webhook' ) {
			return;
		}
		const { resultsUrl, webhookMethod } = this.options;
		const fields = { imageUrl: null, error: null, ...shown( job, resultsUrl() ) };
		const signal = AbortSignal.any( [ this.stopping.signal, AbortSignal.timeout( WEBHOOK_TIMEOUT_MS ) ] );
		const response = await ( webhookMethod() === 'GET'
			? fetch( withQuery( job.webhook, fields ), { signal } )
			: fetch( job.webhook, {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify( fields ),
					signal,
				} ) );
		await response.arrayBuffer();
	}
}
