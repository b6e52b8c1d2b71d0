import { __ } from '@wordpress/i18n';

import type { BatchPreview } from '../../../api/contracts.generated';
import type { RestFailure } from '../../../api/rest-failure';

/** What the server wants the owner to say before it goes on. */
export type Guard = 'force' | 'acknowledge_refunded';

export const GUARDS: readonly Guard[] = [ 'acknowledge_refunded', 'force' ];

/** The refusal that each guard overcomes. */
const GUARD_OF_CODE: Record< string, Guard > = {
	smi_job_running: 'force',
	smi_job_refunded: 'acknowledge_refunded',
};

export const guardLabels = (): Record< Guard, string > => ( {
	force: __( 'Start another attempt anyway. The image may cost twice.', 'sell-my-images' ),
	acknowledge_refunded: __( 'Make it anyway. The customer gets the image without paying for it.', 'sell-my-images' ),
} );

/**
 * Which guard a refusal asks for; null when it is about something else.
 *
 * @param error What the server answered.
 */
export function guardOf( error: RestFailure | null ): Guard | null {
	const needs = error?.kind === 'conflict' ? error.details.needs : undefined;
	return GUARDS.find( ( guard ) => guard === needs ) ?? null;
}

/**
 * What a dry run of this one job says against it; null: nothing.
 *
 * @param preview The dry run.
 */
export function objectionOf( preview: BatchPreview | null ): { message: string; guard: Guard | null } | null {
	const [ skipped ] = preview?.skipped ?? [];
	return skipped ? { message: skipped.message, guard: GUARD_OF_CODE[ skipped.code ] ?? null } : null;
}

/**
 * The guards that jobs of a dry run were left out for.
 *
 * @param preview The dry run.
 */
export function guardsOf( preview: BatchPreview | null ): Guard[] {
	return ( preview?.skipped ?? [] ).flatMap( ( { code } ) => GUARD_OF_CODE[ code ] ?? [] );
}
