import { randomUUID } from 'node:crypto';
import type { Clock } from '../shared/clock.ts';
import { StateFile } from '../shared/state-file.ts';
import type { UpsamplerSettings } from './settings.ts';

export const OUTCOMES = [
	'success',
	'fail',
	'fail_at_submit',
	'hang',
	'html',
	'truncated',
	'bomb',
	'wrong_size',
	'redirect_private',
	'no_webhook',
] as const;
export type Outcome = ( typeof OUTCOMES )[ number ];

export type JobStatus = 'IN_QUEUE' | 'IN_PROGRESS' | 'SUCCESS' | 'FAILED';

export interface JobInput {
	imageUrl: string;
	inputImageType: string;
	upscaleFactor: number;
}

export interface Job {
	id: string;
	status: JobStatus;
	creditCost: number;
	error: unknown;
	outcome: Outcome;
	/** When not as usual. */
	workMs?: number;
	/** What the result's address answers instead of the file; `resultTimes` times, else always. */
	resultStatus?: number;
	resultTimes?: number;
	/** Real milliseconds, and the clock's offset, when it was submitted. */
	submittedMs: number;
	submittedOffset: number;
	input: JobInput | null;
	webhook: string | null;
	/** Real seconds, and the clock's offset, when the result was made: it lives for three hours. */
	finished: number;
	born: number;
}

interface Saved {
	offsetS: number;
	jobs: Job[];
	credits?: number | null;
	settings?: Partial< UpsamplerSettings >;
}

const RESULT_LIFE_S = 3 * 3600;

/** All jobs, followed by one JSON file. */
export class Jobs {
	/** How many credits are left; null for no end of them. */
	credits: number | null = null;
	settings: Partial< UpsamplerSettings > = {};
	private readonly jobs = new Map< string, Job >();
	private readonly file: StateFile< Saved >;

	constructor(
		private readonly clock: Clock,
		path?: string
	) {
		this.file = new StateFile( path, () => ( {
			offsetS: clock.offsetS,
			jobs: [ ...this.jobs.values() ],
			credits: this.credits,
			settings: this.settings,
		} ) );
		const saved = this.file.load();
		clock.offsetS = saved?.offsetS ?? clock.offsetS;
		this.credits = saved?.credits ?? null;
		this.settings = saved?.settings ?? {};
		saved?.jobs.forEach( ( job ) => this.jobs.set( job.id, job ) );
	}

	add( given: Partial< Job > ): Job {
		const job: Job = {
			id: randomUUID(),
			status: 'IN_QUEUE',
			creditCost: 1,
			error: null,
			outcome: 'success',
			input: null,
			webhook: null,
			finished: this.clock.seconds(),
			born: this.clock.offsetS,
			submittedMs: this.clock.ms(),
			submittedOffset: this.clock.offsetS,
			...given,
		};
		this.jobs.set( job.id, job );
		this.changed();
		return job;
	}

	get( id: string ): Job | undefined {
		return this.jobs.get( id );
	}

	unfinished(): Job[] {
		return [ ...this.jobs.values() ].filter( ( job ) => job.status === 'IN_QUEUE' || job.status === 'IN_PROGRESS' );
	}

	finish( job: Job, status: 'SUCCESS' | 'FAILED', error: unknown = null ): void {
		const creditCost = status === 'SUCCESS' ? job.creditCost : 0;
		if ( this.credits !== null ) {
			this.credits += job.creditCost - creditCost;
		}
		Object.assign( job, { status, error, creditCost, finished: this.clock.seconds(), born: this.clock.offsetS } );
		this.changed();
	}

	/** How long ago a job was submitted, by the emulator's clock. */
	ageMs( job: Job ): number {
		const aged = ( this.clock.offsetS - ( job.submittedOffset ?? 0 ) ) * 1000;
		return this.clock.ms() - ( job.submittedMs ?? 0 ) + aged;
	}

	isResultAlive( job: Job ): boolean {
		return job.status === 'SUCCESS' && this.clock.secondsFor( job.born ) - job.finished < RESULT_LIFE_S;
	}

	changed(): void {
		this.file.changed();
	}

	close(): void {
		this.file.close();
	}
}

/** A job as the API and the webhook tell it. */
export function shown( job: Job, resultsUrl: string ): Record< string, unknown > {
	const base = { id: job.id, status: job.status, creditCost: job.creditCost };
	if ( job.status === 'FAILED' ) {
		return { ...base, error: job.error };
	}
	if ( job.status !== 'SUCCESS' ) {
		return base;
	}
	const url = `${ resultsUrl }/results/${ job.id }`;
	return { ...base, imageUrl: `${ url }.png`, compressedImageUrl: `${ url }.jpg` };
}
