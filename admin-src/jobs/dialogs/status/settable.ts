import type { JobDetail, JobStatusChange } from '../../../api/contracts.generated';

/** The server knows two more only to say "use retry". */
export type SettableStatus = Exclude< JobStatusChange[ 'status' ], 'pending' | 'processing' >;

/**
 * What a job's status can be set to. The server has the last word.
 *
 * @param job The job.
 */
export function settableStatuses( job: JobDetail ): SettableStatus[] {
	const all: Record< SettableStatus, boolean > = {
		completed: job.status !== 'completed' && job.upscaled_file_path !== null,
		failed: job.status !== 'failed',
		abandoned: job.status !== 'abandoned' && job.payment_status === 'pending',
	};
	return ( Object.keys( all ) as SettableStatus[] ).filter( ( status ) => all[ status ] );
}
