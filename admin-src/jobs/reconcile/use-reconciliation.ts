import { useCallback, useEffect, useRef, useState } from '@wordpress/element';

import {
	fetchReconciliation,
	fetchReconciliations,
	startReconciliation,
	stopReconciliation,
} from '../../api/reconciliations';
import { RestFailure } from '../../api/rest-failure';
import type { Reconciliation, ReconciliationRequest } from '../../api/contracts.generated';

const POLL_MS = 2000;

const mayAsk = () => document.visibilityState === 'visible' && window.navigator.onLine;

/** What it found is still being fetched when it was through: that is worth another look. */
const isMoving = ( { state, waiting }: Reconciliation ) => state === 'running' || waiting > 0;

/**
 * The last comparison with Stripe, asked for again and again while something moves; not while nobody looks or the browser is offline.
 *
 * @param onChanged Called when what it found came in.
 */
export function useReconciliation( onChanged: () => void ) {
	/** Undefined: not known yet. Null: there is none. */
	const [ run, setRun ] = useState< Reconciliation | null | undefined >( undefined );
	const [ error, setError ] = useState< RestFailure | null >( null );
	const [ isBusy, setBusy ] = useState( false );
	const isAsking = useRef( false );

	const trying = useCallback( async ( work: () => Promise< Reconciliation | null > ): Promise< boolean > => {
		try {
			setRun( await work() );
			setError( null );
			return true;
		} catch ( caught ) {
			setError( caught instanceof RestFailure ? caught : null );
			return false;
		}
	}, [] );
	const load = useCallback( () => trying( async () => ( await fetchReconciliations() )[ 0 ] ?? null ), [ trying ] );
	useEffect( () => void load(), [ load ] );

	const movingId = run && isMoving( run ) ? run.id : null;
	useEffect( () => {
		if ( ! movingId ) {
			return;
		}
		const ask = async () => {
			if ( ! isAsking.current && mayAsk() ) {
				isAsking.current = true;
				await trying( () => fetchReconciliation( movingId ) );
				isAsking.current = false;
			}
		};
		const timer = setInterval( () => void ask(), POLL_MS );
		const onChange = () => void ask();
		document.addEventListener( 'visibilitychange', onChange );
		window.addEventListener( 'online', onChange );
		return () => {
			clearInterval( timer );
			document.removeEventListener( 'visibilitychange', onChange );
			window.removeEventListener( 'online', onChange );
		};
	}, [ movingId, trying ] );

	const tell = useRef( onChanged );
	tell.current = onChanged;
	const putRight = run?.put_right ?? 0;
	useEffect( () => {
		if ( putRight > 0 ) {
			tell.current();
		}
	}, [ putRight ] );

	const during = async ( work: () => Promise< Reconciliation > ) => {
		setBusy( true );
		const isDone = await trying( work );
		setBusy( false );
		return isDone;
	};
	return {
		run,
		error,
		isBusy,
		load,
		start: ( order: ReconciliationRequest ) =>
			during( async () => ( await startReconciliation( order ) ).reconciliation ),
		stop: ( id: string ) => during( () => stopReconciliation( id ) ),
	};
}
