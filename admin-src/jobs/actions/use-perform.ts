import { useCallback, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';

import { actionOf } from './index';
import { useOutcome } from './use-outcome';
import type { RestFailure } from '../../api/rest-failure';
import type { ActionId } from './types';

export interface OpenDialog {
	action: ActionId;
	jobId: string;
	/** A late success to apply instead of making the file again. */
	attempt?: string;
}

export type Perform = ( jobId: string, action: ActionId, attempt?: string ) => void;

/**
 * Starts an action: at once, or by opening its dialog. The dialog belongs to the
 * screen, not to the row, which a live refresh may take away.
 */
export function usePerform() {
	const [ dialog, setDialog ] = useState< OpenDialog | null >( null );
	const { succeeded, failed } = useOutcome();

	const perform = useCallback< Perform >(
		( jobId, action, attempt ) => {
			const { run } = actionOf( action );
			if ( run ) {
				const newLink = {
					label: __( 'New link…', 'sell-my-images' ),
					onClick: () => setDialog( { action: 'download_token', jobId } ),
				};
				const again = { label: __( 'Try again', 'sell-my-images' ), onClick: () => start() };
				const refused = ( error: RestFailure ) =>
					failed( error, error.code === 'smi_job_link_ended' ? newLink : again );
				const start = () => void run( jobId ).then( succeeded, refused );
				start();
				return;
			}
			setDialog( { action, jobId, ...( attempt ? { attempt } : {} ) } );
		},
		[ succeeded, failed ]
	);

	return { perform, dialog, closeDialog: () => setDialog( null ) };
}
