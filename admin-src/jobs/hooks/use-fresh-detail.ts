import { useDispatch, useSelect } from '@wordpress/data';
import { useEffect } from '@wordpress/element';

import { store } from '../store';

/**
 * The details follow when the row behind them moved on.
 *
 * @param open The job in the panel.
 */
export function useFreshDetail( open: string | null ) {
	const { loadDetail } = useDispatch( store );
	const isBehind = useSelect(
		( select ) => {
			if ( ! open ) {
				return false;
			}
			const { job, state } = select( store ).getDetail( open );
			const row = select( store ).getRow( open );
			return state === 'filled' && !! row && !! job && row.version > job.version;
		},
		[ open ]
	);
	useEffect( () => {
		if ( open && isBehind ) {
			void loadDetail( open );
		}
	}, [ open, isBehind, loadDetail ] );
}
