import type { FastifyInstance } from 'fastify';
import { controlError } from '../shared/app.ts';
import type { Fate } from './control.ts';
import { shown, type Job, type JobInput, type Jobs, type Outcome } from './jobs.ts';
import { checkSize, Refusal, type Gate } from './limits.ts';
import { creditCost, enlarged, fetchPicture, sizeOf } from './picture.ts';
import type { UpsamplerSettings } from './settings.ts';
import type { Worker } from './worker.ts';

export interface ApiParts {
	jobs: Jobs;
	worker: Worker;
	gate: Gate;
	settings: () => UpsamplerSettings;
	/** Where results are said to lie. */
	resultsUrl: () => string;
	takeNext: () => Fate;
	apiKey: string | undefined;
}

interface Submission {
	webhook?: string | null;
	input: JobInput & { shouldEnhanceFaces?: boolean; shouldPreserveBlur?: boolean };
}

const url = { type: 'string', pattern: '^https?://' };

const submission = {
	type: 'object',
	required: [ 'input' ],
	additionalProperties: false,
	properties: {
		webhook: { anyOf: [ url, { type: 'null' } ] },
		input: {
			type: 'object',
			required: [ 'imageUrl', 'inputImageType', 'upscaleFactor' ],
			additionalProperties: false,
			properties: {
				imageUrl: url,
				inputImageType: { enum: [ 'realism', 'anime', 'universal' ] },
				upscaleFactor: { type: 'number', minimum: 1, maximum: 16 },
				shouldEnhanceFaces: { type: 'boolean' },
				shouldPreserveBlur: { type: 'boolean' },
			},
		},
	},
};

function authenticate( header: string | undefined, apiKey: string | undefined ): void {
	const [ , key ] = /^Bearer (\S+)$/i.exec( header ?? '' ) ?? [];
	if ( key === undefined || ( apiKey !== undefined && key !== apiKey ) ) {
		throw controlError( 401, 'Unauthorized: a valid API key is needed.' );
	}
}

/** The price is told at once, so the picture is looked at now; one that can't be read fails later, in the job. */
async function quote(
	input: JobInput,
	settings: UpsamplerSettings
): Promise< { picture: Buffer | null; cost: number } > {
	try {
		const picture = await fetchPicture( input.imageUrl );
		const size = await sizeOf( picture );
		const result = enlarged( size, input.upscaleFactor );
		checkSize( picture.length, size, result, settings );
		return { picture, cost: creditCost( result ) };
	} catch ( error ) {
		if ( error instanceof Refusal ) {
			throw error;
		}
		return { picture: null, cost: 1 };
	}
}

/** Takes the credits that a job costs. @throws Refusal 402 */
function charge( jobs: Jobs, cost: number ): void {
	if ( jobs.credits === null ) {
		return;
	}
	if ( jobs.credits < cost ) {
		throw new Refusal(
			402,
			`Insufficient credits: this upscale costs ${ cost }, and ${ jobs.credits } are left. Please buy more credits.`
		);
	}
	jobs.credits -= cost;
}

function refused( parts: ApiParts, outcome: Outcome ): Job {
	const error = { code: 'PROCESSING_ERROR', message: 'The image could not be processed.' };
	return parts.jobs.add( { status: 'FAILED', creditCost: 0, outcome, error } );
}

async function submit( parts: ApiParts, given: Submission ): Promise< Job > {
	const fate = parts.takeNext();
	const { outcome } = fate;
	if ( outcome === 'fail_at_submit' ) {
		return refused( parts, outcome );
	}
	const { picture, cost } = await quote( given.input, parts.settings() );
	charge( parts.jobs, cost );
	const { imageUrl, inputImageType, upscaleFactor } = given.input;
	const input = { imageUrl, inputImageType, upscaleFactor };
	const job = parts.jobs.add( { creditCost: cost, ...fate, input, webhook: given.webhook ?? null } );
	parts.worker.start( job, picture );
	return job;
}

/** Upsampler's own API, below its base path. */
export function addApiRoutes( app: FastifyInstance, parts: ApiParts ): void {
	void app.register(
		async ( api ) => {
			api.addHook( 'preValidation', async ( request ) =>
				authenticate( request.headers.authorization, parts.apiKey )
			);
			api.setErrorHandler( ( error: Error & { statusCode?: number }, _request, reply ) => {
				if ( error instanceof Refusal && error.retryAfterS !== null ) {
					reply.header( 'retry-after', String( error.retryAfterS ) );
				}
				reply.code( error.statusCode ?? 500 ).send( { error: error.message } );
			} );
			api.post( '/precise-upscale', { schema: { body: submission } }, async ( request ) =>
				shown( await parts.gate.pass( () => submit( parts, request.body as Submission ) ), parts.resultsUrl() )
			);
			api.get( '/status/:id', async ( request ) => {
				const job = parts.jobs.get( ( request.params as { id: string } ).id );
				if ( ! job || parts.jobs.ageMs( job ) < parts.settings().status_lag_ms ) {
					throw controlError( 404, 'There is no such job.' );
				}
				return shown( job, parts.resultsUrl() );
			} );
		},
		{ prefix: '/api/v1' }
	);
}
