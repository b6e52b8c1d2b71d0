import type { FastifyInstance, FastifyReply } from 'fastify';
import { readFile } from 'node:fs/promises';
import type { Job, Jobs } from './jobs.ts';
import { compressed } from './picture.ts';
import type { Worker } from './worker.ts';

const PRIVATE = { png: 'http://169.254.169.254/latest/meta-data/', jpg: 'http://10.0.0.1/result.jpg' };
const TYPES = { png: 'image/png', jpg: 'image/jpeg' };

type Extension = keyof typeof TYPES;

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

/** Result files: gone three hours after they were made, and as bad as the outcome asks. */
export function addResultRoutes( app: FastifyInstance, jobs: Jobs, worker: Worker ): void {
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
		return send( reply, job, extension as Extension, worker );
	} );
}
