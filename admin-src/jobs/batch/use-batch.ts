import { useCallback, useEffect, useRef, useState } from '@wordpress/element';

import { cancelBatch, goOnWithBatch } from '../../api/batch';
import { RestFailure } from '../../api/rest-failure';
import type { Batch } from '../../api/contracts.generated';

const mayAsk = () => document.visibilityState === 'visible' && window.navigator.onLine;

/**
 * How a batch stands, asked again and again until it ended; not while nobody looks
 * or the browser is offline.
 *
 * @param id      The batch.
 * @param everyMs How long to wait after an answer.
 * @param first   As it is known already.
 */
export function useBatch( id: string, everyMs: number, first: Batch | null = null ) {
	const [ batch, setBatch ] = useState( first );
	const [ error, setError ] = useState< RestFailure | null >( null );
	const [ isCancelling, setCancelling ] = useState( false );
	const isOver = ( batch !== null && batch.state !== 'running' ) || error?.kind === 'not_found';
	const isBusy = useRef( false );

	const ask = useCallback( async () => {
		if ( isBusy.current || ! mayAsk() ) {
			return;
		}
		isBusy.current = true;
		try {
			setBatch( await goOnWithBatch( id ) );
			setError( null );
		} catch ( caught ) {
			setError( caught instanceof RestFailure ? caught : null );
		}
		isBusy.current = false;
	}, [ id ] );

	useEffect( () => {
		if ( isOver ) {
			return;
		}
		let timer: ReturnType< typeof setTimeout > | undefined;
		let isGone = false;
		const round = async () => {
			await ask();
			clearTimeout( timer );
			if ( ! isGone ) {
				timer = setTimeout( () => void round(), everyMs );
			}
		};
		const onChange = () => void ask();
		void round();
		document.addEventListener( 'visibilitychange', onChange );
		window.addEventListener( 'online', onChange );
		return () => {
			isGone = true;
			clearTimeout( timer );
			document.removeEventListener( 'visibilitychange', onChange );
			window.removeEventListener( 'online', onChange );
		};
	}, [ isOver, ask, everyMs ] );

	const cancel = async () => {
		setCancelling( true );
		try {
			setBatch( await cancelBatch( id ) );
			setError( null );
		} catch ( caught ) {
			setError( caught instanceof RestFailure ? caught : null );
		}
		setCancelling( false );
	};
	return { batch, error, cancel, isCancelling };
}
