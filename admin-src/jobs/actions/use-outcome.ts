import { useDispatch } from '@wordpress/data';
import { useCallback } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { store as noticesStore } from '@wordpress/notices';

import { store } from '../store';
import type { ActionResult } from '../../api/contracts.generated';
import type { RestFailure } from '../../api/rest-failure';

/** What every action does with its answer: the job, the counts, the words. */
export function useOutcome() {
	const { receiveDetail, loadStats, watchJob } = useDispatch( store );
	const { createSuccessNotice, createErrorNotice } = useDispatch( noticesStore );

	const succeeded = useCallback(
		( { job, message }: ActionResult ) => {
			receiveDetail( job );
			void watchJob( job );
			void loadStats();
			void createSuccessNotice( message, { type: 'snackbar' } );
		},
		[ receiveDetail, loadStats, watchJob, createSuccessNotice ]
	);

	const failed = useCallback(
		( { message }: RestFailure, again?: () => void ) =>
			void createErrorNotice( message, {
				type: 'snackbar',
				explicitDismiss: true,
				actions: again ? [ { label: __( 'Try again', 'sell-my-images' ), onClick: again } ] : [],
			} ),
		[ createErrorNotice ]
	);

	return { succeeded, failed };
}
