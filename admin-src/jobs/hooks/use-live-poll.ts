import { useDispatch, useRegistry, useSelect } from '@wordpress/data';
import { useEffect, useRef } from '@wordpress/element';

import { isJobId } from '../../api/jobs';
import { store } from '../store';
import { useFreshDetail } from './use-fresh-detail';

const POLL_MS = 10_000;
const HURRY_MS = 3_000;
/** After an own action, at most so long. */
const HURRY_FOR_MS = 60_000;
const LONGEST_MS = 120_000;
const MOST_ROWS = 100;

const mayPoll = () => document.visibilityState === 'visible' && window.navigator.onLine;

/**
 * How long until the next round.
 *
 * @param failures  Rounds that failed since the last good one: each doubles the wait.
 * @param isHurried Whether an own action is under way.
 */
export function pollDelay( failures: number, isHurried: boolean ): number {
	if ( failures > 0 ) {
		return Math.min( POLL_MS * 2 ** failures, LONGEST_MS );
	}
	return isHurried ? HURRY_MS : POLL_MS;
}

/**
 * Rows change by themselves. The visible ids are asked for, not the tab: a row
 * that left the tab would never be heard of again. Nothing is asked, and no timer
 * runs, while nobody looks or the browser is offline.
 *
 * @param ids  The visible jobs.
 * @param open The job in the panel.
 */
export function useLivePoll( ids: string[], open: string | null ) {
	const registry = useRegistry();
	const { pollJobs, endWatch } = useDispatch( store );
	const isHurried = useSelect( ( select ) => select( store ).isWatching(), [] );
	const visible = useRef( ids );
	visible.current = ( open && isJobId( open ) ? [ ...new Set( [ open, ...ids ] ) ] : ids ).slice( 0, MOST_ROWS );
	const isBusy = useRef( false );

	useEffect( () => {
		let timer: ReturnType< typeof setTimeout > | undefined;
		let isOver = false;
		const plan = () => {
			clearTimeout( timer );
			if ( ! isOver && mayPoll() ) {
				const { failures } = registry.select( store ).getLive();
				timer = setTimeout( goOn, pollDelay( failures, isHurried ) );
			}
		};
		const round = async () => {
			if ( ! isBusy.current ) {
				isBusy.current = true;
				try {
					await pollJobs( visible.current );
				} finally {
					isBusy.current = false;
				}
			}
		};
		// Whatever happened in a round, another one follows.
		const goOn = () => void round().finally( plan );
		const onChange = () => ( mayPoll() ? goOn() : clearTimeout( timer ) );
		plan();
		document.addEventListener( 'visibilitychange', onChange );
		window.addEventListener( 'online', onChange );
		window.addEventListener( 'offline', onChange );
		return () => {
			isOver = true;
			clearTimeout( timer );
			document.removeEventListener( 'visibilitychange', onChange );
			window.removeEventListener( 'online', onChange );
			window.removeEventListener( 'offline', onChange );
		};
	}, [ registry, pollJobs, isHurried ] );

	useEffect( () => {
		if ( isHurried ) {
			const timer = setTimeout( endWatch, HURRY_FOR_MS );
			return () => clearTimeout( timer );
		}
	}, [ isHurried, endWatch ] );

	useFreshDetail( open );
}
