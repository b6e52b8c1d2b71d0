import type { RestFailure } from '../../../api/rest-failure';

/** What the server wants the owner to say before it goes on. */
export type Guard = 'force' | 'acknowledge_refunded';

/**
 * Which guard a refusal asks for; null when it is about something else.
 *
 * @param error What the server answered.
 */
export function guardOf( error: RestFailure | null ): Guard | null {
	if ( error?.kind !== 'conflict' ) {
		return null;
	}
	if ( /refund/.test( error.code ) ) {
		return 'acknowledge_refunded';
	}
	return /attempt|running|live|progress/.test( error.code ) ? 'force' : null;
}
