import { useState } from '@wordpress/element';

import { isUnsure } from './unsure';
import { useOutcome } from '../actions/use-outcome';
import { RestFailure } from '../../api/rest-failure';
import type { ActionResult } from '../../api/contracts.generated';

interface Refusal {
	error: RestFailure;
	/** Whether it may have been done all the same. */
	mayBeDone: boolean;
}

/**
 * Sends a form. Only success tells the dialog to go on; a failure keeps the form
 * as it was, with the reason.
 *
 * @param onDone      After success.
 * @param unsureWords What to say when nobody knows whether it was done.
 */
export function useSubmit( onDone: ( result: ActionResult ) => void, unsureWords: string ) {
	const [ isBusy, setBusy ] = useState( false );
	const [ refusal, setRefusal ] = useState< Refusal | null >( null );
	const { succeeded } = useOutcome();

	const submit = async ( send: () => Promise< ActionResult > ) => {
		const wasOnline = window.navigator.onLine;
		setBusy( true );
		setRefusal( null );
		try {
			const result = await send();
			succeeded( result );
			onDone( result );
		} catch ( error ) {
			if ( ! ( error instanceof RestFailure ) ) {
				throw error;
			}
			setRefusal( { error, mayBeDone: isUnsure( error, wasOnline ) } );
		} finally {
			setBusy( false );
		}
	};

	return {
		isBusy,
		error: refusal?.error ?? null,
		mayBeDone: refusal?.mayBeDone ?? false,
		words: refusal && ( refusal.mayBeDone ? unsureWords : refusal.error.message ),
		submit,
		clearError: () => setRefusal( null ),
	};
}
