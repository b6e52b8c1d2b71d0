import { useMemo } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { Action } from '@wordpress/dataviews/wp';

import { isAllowed, jobActions } from '../actions';
import { canSelect } from '../selection/actions';
import type { Job } from '../../api/contracts.generated';
import type { Perform } from '../actions/use-perform';

/**
 * Callbacks only: a dialog inside the row would go with the row. DataViews gives a
 * row its checkbox for the sake of an action; "Show details" is the one that every
 * row has, so that every row can be selected.
 *
 * @param perform Starts an action.
 * @param open    Opens a job.
 */
export function useRowActions( perform: Perform, open: ( id: string ) => void ): Action< Job >[] {
	return useMemo(
		() => [
			{
				id: 'open',
				label: __( 'Show details', 'sell-my-images' ),
				supportsBulk: canSelect(),
				callback: ( [ job ]: Job[] ) => job && open( job.job_id ),
			},
			...jobActions().map( ( { id, label } ) => ( {
				id,
				label,
				isEligible: ( job: Job ) => isAllowed( job, id ),
				callback: ( [ job ]: Job[] ) => job && perform( job.job_id, id ),
			} ) ),
		],
		[ perform, open ]
	);
}
