import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readFile } from 'node:fs/promises';
import type { Job, Jobs } from './jobs.ts';
import { compressed } from './picture.ts';
import type { UpsamplerSettings } from './settings.ts';
import type { Worker } from './worker.ts';

const PRIVATE = { png: 'http://169.254.169.254/latest/meta-data/', jpg: 'http://10.0.0.1/result.jpg' };
const TYPES = { png: 'image/png', jpg: 'image/jpeg' };

type Extension = keyof typeof TYPES;

export interface ResultParts {
	jobs: Jobs;
	worker: Worker;
	settings: () => UpsamplerSettings;
	/** Where the files really lie, without a slash at the end. */
	resultsUrl: () => string;
}

function html( reply: FastifyReply, status: number, text: string ): FastifyReply {
	return reply
		.code( status )
		.type( 'text/html; charset=utf-8' )
		.send( `<!doctype html><title>${ text }</title><h1>${ text }</h1>` );
}

async function send( reply: FastifyReply, job: Job, extension: Extension, worker: Worker ): Promise< FastifyReply > {
	if ( job.outcome === 'redirect_private' ) {
		return reply.redirect( PRIVATE[ extension ], 302 );
	}
	if ( job.outcome === 'html' ) {
		return html( reply, 200, 'Please sign in to see this file' );
	}
	const file = await readFile( worker.path( job ) ).catch( () => null );
	if ( ! file ) {
		return html( reply, 404, 'Not found' );
	}
	// A bomb stays one in either form.
	const whole = extension === 'png' || job.outcome === 'bomb' ? file : await compressed( file );
	const content = job.outcome === 'truncated' ? whole.subarray( 0, Math.floor( whole.length / 2 ) ) : whole;
	return reply.type( TYPES[ extension ] ).send( content );
}

/** The status that was ordered for this fetch, if any; counted down. */
function orderedStatus( job: Job, jobs: Jobs ): number | null {
	if ( job.resultStatus === undefined || job.resultTimes === 0 ) {
		return null;
	}
	if ( job.resultTimes !== undefined ) {
		job.resultTimes--;
		jobs.changed();
	}
	return job.resultStatus;
}

/** How often this address has led on already. */
function hopsOf( request: FastifyRequest ): number {
	return Number( ( request.query as { hop?: string } ).hop ?? 0 );
}

/** Result files: gone three hours after they were made, and as bad as the outcome asks. */
export function addResultRoutes( app: FastifyInstance, parts: ResultParts ): void {
	const { jobs, worker, settings, resultsUrl } = parts;
	app.get( '/results/:file', async ( request, reply ) => {
		const { file } = request.params as { file: string };
		const [ , id, extension ] = /^([\w-]+)\.(png|jpg)$/.exec( file ) ?? [];
		const job = jobs.get( id ?? '' );
		if ( ! job || job.status !== 'SUCCESS' ) {
			return html( reply, 404, 'Not found' );
		}
		if ( ! jobs.isResultAlive( job ) ) {
			return html( reply, 403, 'This link has expired' );
		}
		const hops = hopsOf( request );
		if ( hops < settings().results_redirects ) {
			return reply.redirect( `${ resultsUrl() }/results/${ file }?hop=${ hops + 1 }`, 302 );
		}
		const status = orderedStatus( job, jobs );
		return status === null
			? send( reply, job, extension as Extension, worker )
			: html( reply, status, `The emulator was told to answer ${ status }` );
	} );
}
