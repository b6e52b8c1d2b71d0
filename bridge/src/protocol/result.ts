import type { Report } from '../contracts.generated.ts';

/** A report without what every report has. Null: nothing to say, the lease runs out. */
export type Result = Omit< Report, 'id' | 'command' | 'lease_no' > | null;

/** The result of a command that has no definite answer yet. */
export function retryLater(
	code: string,
	message: string,
	extra: { status?: number | null; retry_after_s?: number | null } = {}
): Result {
	return { outcome: 'retry', error: { code, message, ...extra } };
}
