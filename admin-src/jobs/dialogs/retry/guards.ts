import type { RestFailure } from '../../../api/rest-failure';

/** What the server wants the owner to say before it goes on. */
export type Guard = 'force' | 'acknowledge_refunded';

const GUARDS: readonly Guard[] = [ 'force', 'acknowledge_refunded' ];

/**
 * Which guard a refusal asks for; null when it is about something else.
 *
 * @param error What the server answered.
 */
export function guardOf( error: RestFailure | null ): Guard | null {
	const needs = error?.kind === 'conflict' ? error.details.needs : undefined;
	return GUARDS.find( ( guard ) => guard === needs ) ?? null;
}
