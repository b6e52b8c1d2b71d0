import { useDispatch } from '@wordpress/data';
import { useCallback } from '@wordpress/element';
import { store as noticesStore } from '@wordpress/notices';

import { store } from '../store';
import type { ActionResult } from '../../api/contracts.generated';
import type { RestFailure } from '../../api/rest-failure';

/** What can be done about a failure, on its notice. */
interface Remedy {
	label: string;
	onClick: () => void;
}

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
		( { message }: RestFailure, remedy?: Remedy ) =>
			void createErrorNotice( message, {
				type: 'snackbar',
				explicitDismiss: true,
				actions: remedy ? [ remedy ] : [],
			} ),
		[ createErrorNotice ]
	);

	return { succeeded, failed };
}
