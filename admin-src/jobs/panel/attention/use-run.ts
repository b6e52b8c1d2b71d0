import { useState } from '@wordpress/element';

import { useOutcome } from '../../actions/use-outcome';
import type { ActionResult } from '../../../api/contracts.generated';
import type { RestFailure } from '../../../api/rest-failure';

interface Running {
	isBusy: boolean;
	/** Tells the owner how it went; false where it did not go. */
	run: ( request: () => Promise< ActionResult > ) => Promise< RestFailure | null >;
	failed: ( error: RestFailure ) => void;
}

/** Does a remedy once, however often its button is pressed meanwhile. */
export function useRun(): Running {
	const [ isBusy, setBusy ] = useState( false );
	const { succeeded, failed } = useOutcome();
	const run: Running[ 'run' ] = async ( request ) => {
		setBusy( true );
		try {
			succeeded( await request() );
			return null;
		} catch ( error ) {
			return error as RestFailure;
		} finally {
			setBusy( false );
		}
	};
	return { isBusy, run, failed };
}
