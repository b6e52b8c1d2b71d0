import { useState } from '@wordpress/element';

import { useOutcome } from '../actions/use-outcome';
import { RestFailure } from '../../api/rest-failure';
import type { ActionResult } from '../../api/contracts.generated';

/**
 * Sends a form. Only success tells the dialog to go on; a failure keeps the form
 * as it was, with the reason.
 *
 * @param onDone After success.
 */
export function useSubmit( onDone: ( result: ActionResult ) => void ) {
	const [ isBusy, setBusy ] = useState( false );
	const [ error, setError ] = useState< RestFailure | null >( null );
	const { succeeded } = useOutcome();

	const submit = async ( send: () => Promise< ActionResult > ) => {
		setBusy( true );
		setError( null );
		try {
			const result = await send();
			succeeded( result );
			onDone( result );
		} catch ( caught ) {
			if ( ! ( caught instanceof RestFailure ) ) {
				throw caught;
			}
			setError( caught );
		} finally {
			setBusy( false );
		}
	};

	return { isBusy, error, submit, clearError: () => setError( null ) };
}
