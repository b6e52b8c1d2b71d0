import { downloadLinkAction } from './download-link';
import { emailAction } from './email';
import { refreshAction } from './refresh';
import { refundAction } from './refund';
import { retryAction } from './retry';
import { statusAction } from './status';
import { getBoot } from '../../shared/boot';
import type { Job } from '../../api/contracts.generated';
import type { ActionId, JobActionDefinition } from './types';

/** A new action of the contract breaks the compile here until it has a place. */
const DEFINITIONS: Record< ActionId, () => JobActionDefinition > = {
	retry: retryAction,
	refund: refundAction,
	email: emailAction,
	download_token: downloadLinkAction,
	refresh: refreshAction,
	status: statusAction,
};

export const jobActions = (): JobActionDefinition[] => Object.values( DEFINITIONS ).map( ( define ) => define() );

export const actionOf = ( id: ActionId ): JobActionDefinition => DEFINITIONS[ id ]();

/**
 * Whether the server would let this user do this to this job now.
 *
 * @param job The job.
 * @param id  The action.
 */
export function isAllowed( job: Job, id: ActionId ): boolean {
	return job.allowed_actions.includes( id ) && getBoot().caps[ actionOf( id ).capability ];
}
