import type { RetryCommand } from '../contracts.generated.ts';
import { SiteRefused } from '../wordpress/errors.ts';
import type { Handler } from './context.ts';

/** Tells WordPress to start a failed job once more, through the public action. 409: somebody was faster. */
export const retry: Handler<RetryCommand> = async (command, { wordpress }, lease) => {
	const { job_id, attempt, reason } = command.payload;
	lease.assertCanStart();
	try {
		await wordpress.paymentCompleted(job_id, { attempt, command: command.uuid, lease_no: command.lease_no, reason });
		return { outcome: 'ok' };
	} catch (error) {
		if (!(error instanceof SiteRefused)) {
			return null;
		}
		const { status, code, message } = error;
		return status === 409 ? { outcome: 'ok' } : status === 401 ? null : { outcome: 'refused', error: { code, message, status } };
	}
};
