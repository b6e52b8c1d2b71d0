import type { FastifyInstance } from 'fastify';
import { OUTCOMES, type JobStatus, type Jobs, type Outcome } from './jobs.ts';

export interface Fate {
	outcome: Outcome;
	/** How long the work takes, in milliseconds; the emulator's own time when not given. */
	workMs?: number;
	/** What the result's address answers, that many times; always, when not given. */
	resultStatus?: number;
	resultTimes?: number;
}

/** What becomes of the next submitted jobs. */
export class Next {
	private fate: Fate = { outcome: 'success' };
	private times = 0;

	set( fate: Fate, times: number ): void {
		this.fate = fate;
		this.times = times;
	}

	clear(): void {
		this.times = 0;
	}

	take(): Fate {
		if ( this.times <= 0 ) {
			return { outcome: 'success' };
		}
		this.times--;
		return this.fate;
	}
}

const nextBody = {
	type: 'object',
	required: [ 'outcome' ],
	additionalProperties: false,
	properties: {
		outcome: { enum: OUTCOMES },
		times: { type: 'integer', minimum: 1 },
		work_ms: { type: 'integer', minimum: 0, maximum: 600_000 },
		result_status: { type: 'integer', minimum: 400, maximum: 599 },
		result_times: { type: 'integer', minimum: 1 },
	},
};

const seedBody = {
	type: 'object',
	required: [ 'jobs' ],
	additionalProperties: false,
	properties: {
		jobs: {
			type: 'array',
			items: {
				type: 'object',
				required: [ 'id', 'status' ],
				additionalProperties: false,
				properties: {
					id: { type: 'string', pattern: '^[\\w-]+$' },
					status: { enum: [ 'IN_QUEUE', 'IN_PROGRESS', 'SUCCESS', 'FAILED' ] },
					creditCost: { type: 'integer', minimum: 0 },
					error: { type: [ 'string', 'null' ] },
				},
			},
		},
	},
};

interface SeededJob {
	id: string;
	status: JobStatus;
	creditCost?: number;
	error?: string | null;
}

interface NextBody {
	outcome: Outcome;
	times?: number;
	work_ms?: number;
	result_status?: number;
	result_times?: number;
}

const creditsBody = {
	type: 'object',
	required: [ 'left' ],
	additionalProperties: false,
	properties: { left: { anyOf: [ { type: 'integer', minimum: 0 }, { type: 'null' } ] } },
};

/** `left` is null where there is no end of credits. */
function addCreditRoutes( app: FastifyInstance, jobs: Jobs ): void {
	app.get( '/_emulator/credits', async () => ( { left: jobs.credits } ) );
	app.post( '/_emulator/credits', { schema: { body: creditsBody } }, async ( request ) => {
		jobs.credits = ( request.body as { left: number | null } ).left;
		jobs.changed();
		return { left: jobs.credits };
	} );
}

export function addUpsamplerControl( app: FastifyInstance, jobs: Jobs, next: Next ): void {
	app.post( '/_emulator/next', { schema: { body: nextBody } }, async ( request ) => {
		const {
			outcome,
			times = 1,
			work_ms: workMs,
			result_status: resultStatus,
			result_times: resultTimes,
		} = request.body as NextBody;
		const fate = { outcome, workMs, resultStatus, resultTimes };
		next.set( JSON.parse( JSON.stringify( fate ) ) as Fate, times );
		return { outcome, times };
	} );
	addCreditRoutes( app, jobs );
	app.post( '/_emulator/seed', { schema: { body: seedBody } }, async ( request ) => {
		const given = ( request.body as { jobs: SeededJob[] } ).jobs;
		// Finished long ago: the result is gone. One still running stays so.
		given.forEach( ( job ) => jobs.add( { ...job, outcome: 'hang', finished: 0, submittedMs: 0 } ) );
		return { seeded: given.length };
	} );
}
