import { useEffect, useState } from '@wordpress/element';

import { fetchReport, type ReportAnswer } from '../../api/report';
import { isAbort } from '../../api/request';
import { RestFailure } from '../../api/rest-failure';
import { keyOf } from '../store/query-key';
import type { JobsFilter } from '../../api/jobs';

export interface ReportState {
	/** The last good answer; stays while another one loads. */
	answer: ReportAnswer | null;
	isLoading: boolean;
	/** Why there is no newer one. */
	error: string | null;
	reload: () => void;
}

/** The report for the filters of the list. */
export function useReport( filter: JobsFilter ): ReportState {
	const key = keyOf( filter );
	const [ turn, setTurn ] = useState( 0 );
	const [ state, setState ] = useState< Omit< ReportState, 'reload' > >( {
		answer: null,
		isLoading: true,
		error: null,
	} );
	useEffect( () => {
		const request = new AbortController();
		setState( ( { answer } ) => ( { answer, isLoading: true, error: null } ) );
		fetchReport( filter, request.signal ).then(
			( answer ) => setState( { answer, isLoading: false, error: null } ),
			( failure: unknown ) =>
				! isAbort( failure ) &&
				setState( {
					// Figures of other filters under these would be lies.
					answer: null,
					isLoading: false,
					error: failure instanceof RestFailure ? failure.message : String( failure ),
				} )
		);
		return () => request.abort();
		// The key says all that the filter does.
		// eslint-disable-next-line react-hooks/exhaustive-deps
	}, [ key, turn ] );
	return { ...state, reload: () => setTurn( turn + 1 ) };
}
