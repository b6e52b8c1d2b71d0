import { useDispatch, useSelect } from '@wordpress/data';
import { useEffect, useRef } from '@wordpress/element';

import { store } from '../store';

/**
 * The details follow when the row behind them moved on. When that fails, they are asked for again with the next round of the poll.
 *
 * @param open The job in the panel.
 */
export function useFreshDetail( open: string | null ) {
	const { loadDetail } = useDispatch( store );
	const behind = useSelect(
		( select ) => {
			if ( ! open ) {
				return null;
			}
			const { job, state } = select( store ).getDetail( open );
			const row = select( store ).getRow( open );
			const isBehind = state !== 'loading' && !! row && !! job && row.version > job.version;
			return isBehind ? `${ open } ${ row.version } ${ select( store ).getLive().at }` : null;
		},
		[ open ]
	);
	const tried = useRef< string | null >( null );
	useEffect( () => {
		if ( open && behind && behind !== tried.current ) {
			tried.current = behind;
			void loadDetail( open );
		}
	}, [ open, behind, loadDetail ] );
}
