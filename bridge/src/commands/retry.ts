import type { RetryCommand } from '../contracts.generated.ts';
import type { Result } from '../protocol/result.ts';
import { SiteRefused } from '../wordpress/errors.ts';
import type { Handler } from './context.ts';

/** Tells WordPress to start a failed job once more, through the public action. 409: somebody was faster. */
export const retry: Handler< RetryCommand > = async ( command, { wordpress }, lease ) => {
	const { job_id, attempt, reason } = command.payload;
	lease.assertCanStart();
	try {
		await wordpress.paymentCompleted( job_id, {
			attempt,
			command: command.uuid,
			lease_no: command.lease_no,
			reason,
		} );
		return { outcome: 'ok' };
	} catch ( error ) {
		if ( ! ( error instanceof SiteRefused ) ) {
			return null;
		}
		return refusedBy( error );
	}
};

/** A 401 is about the channel, not about this command. */
function refusedBy( { status, code, message }: SiteRefused ): Result {
	if ( status === 401 ) {
		return null;
	}
	return status === 409 ? { outcome: 'ok' } : { outcome: 'refused', error: { code, message, status } };
}
