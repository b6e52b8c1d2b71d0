import { useDispatch, useSelect } from '@wordpress/data';
import { useEffect, useRef } from '@wordpress/element';

import { store } from '../store';

export const POLL_MS = 10_000;

const mayPoll = () => document.visibilityState === 'visible' && window.navigator.onLine;

/**
 * Rows change by themselves. The visible ids are asked for, not the tab: a row
 * that left the tab would never be heard of again.
 *
 * @param ids  The visible jobs.
 * @param open The job in the panel.
 */
export function useLivePoll( ids: string[], open: string | null ) {
	const { pollJobs, loadDetail } = useDispatch( store );
	const visible = useRef( ids );
	visible.current = open ? [ ...new Set( [ ...ids, open ] ) ] : ids;

	useEffect( () => {
		let isBusy = false;
		const poll = async () => {
			if ( isBusy || ! mayPoll() ) {
				return;
			}
			isBusy = true;
			await pollJobs( visible.current.slice( 0, 100 ) );
			isBusy = false;
		};
		const timer = setInterval( () => void poll(), POLL_MS );
		const onWake = () => void poll();
		document.addEventListener( 'visibilitychange', onWake );
		window.addEventListener( 'online', onWake );
		return () => {
			clearInterval( timer );
			document.removeEventListener( 'visibilitychange', onWake );
			window.removeEventListener( 'online', onWake );
		};
	}, [ pollJobs ] );

	// The details follow when the row behind them moved on.
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
