import type { Result } from './result.ts';

/** Why a provider did not do what it was asked, in words that know no provider. */
export interface Failure {
	/**
	 * definite: it refuses this very request, and always will. account: the key, its rights or its credit are the trouble, whatever is
	 * asked. later: nothing definite is known, or it was asked too often.
	 */
	kind: 'definite' | 'account' | 'later';
	/** For programs; such as `rate_limited`, `no_answer`. */
	code: string;
	/** The provider's own words, where it has any. */
	message: string;
	/** Of its HTTP answer; null when there was none. */
	status: number | null;
	/** As it asked. */
	retry_after_s: number | null;
}

/** What a failure means for a command that may be carried out again: refused only by a definite no. */
export function resultOf( { kind, ...error }: Failure ): Result {
	return { outcome: kind === 'definite' ? 'refused' : 'retry', error };
}
