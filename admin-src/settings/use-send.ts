import { useState } from '@wordpress/element';

import { RestFailure } from '../api/rest-failure';

/** One thing sent at a time; a refusal is kept to be shown where it was asked. */
export function useSend() {
	const [ isBusy, setBusy ] = useState( false );
	const [ error, setError ] = useState< RestFailure | null >( null );

	const send = async < T >( ask: () => Promise< T >, onDone: ( answer: T ) => void ) => {
		setBusy( true );
		setError( null );
		try {
			onDone( await ask() );
		} catch ( caught ) {
			if ( ! ( caught instanceof RestFailure ) ) {
				throw caught;
			}
			setError( caught );
		} finally {
			setBusy( false );
		}
	};
	return { isBusy, error, send };
}
