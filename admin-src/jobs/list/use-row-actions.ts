import { useMemo } from '@wordpress/element';
import type { Action } from '@wordpress/dataviews/wp';

import { isAllowed, jobActions } from '../actions';
import type { Job } from '../../api/contracts.generated';
import type { Perform } from '../actions/use-perform';

/** Callbacks only: a dialog inside the row would go with the row. */
export function useRowActions( perform: Perform ): Action< Job >[] {
	return useMemo(
		() =>
			jobActions().map( ( { id, label } ) => ( {
				id,
				label,
				isEligible: ( job: Job ) => isAllowed( job, id ),
				callback: ( [ job ]: Job[] ) => job && perform( job.job_id, id ),
			} ) ),
		[ perform ]
	);
}
