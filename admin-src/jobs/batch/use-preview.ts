import { useEffect, useRef, useState } from '@wordpress/element';

import { previewBatch, type BatchOrder } from '../../api/batch';
import { isAbort } from '../../api/request';
import { RestFailure } from '../../api/rest-failure';
import type { BatchPreview } from '../../api/contracts.generated';

const PAUSE_MS = 400;

interface Known {
	of: string;
	preview: BatchPreview | null;
	error: RestFailure | null;
}

/** What changes the numbers; a note does not. */
function keyOf( order: BatchOrder ): string {
	const { note, reason, ...params } = order.params;
	return JSON.stringify( [ order.action, params ] );
}

/**
 * The dry run of what the form says: at once, and again when the typing stops. The
 * last one stays in sight meanwhile, but is no longer true.
 *
 * @param order What is asked for; null while the form says nothing that can be asked.
 */
export function usePreview( order: BatchOrder | null ) {
	const key = order && keyOf( order );
	const [ known, setKnown ] = useState< Known | null >( null );
	const [ round, setRound ] = useState( 0 );
	const latest = useRef( order );
	latest.current = order;
	const isFirst = useRef( true );

	useEffect( () => {
		if ( ! key ) {
			return;
		}
		const request = new AbortController();
		const ask = async () => {
			try {
				const preview = latest.current && ( await previewBatch( latest.current, request.signal ) );
				setKnown( { of: key, preview, error: null } );
			} catch ( error ) {
				if ( ! isAbort( error ) && error instanceof RestFailure ) {
					setKnown( { of: key, preview: null, error } );
				}
			}
		};
		const timer = setTimeout( () => void ask(), isFirst.current ? 0 : PAUSE_MS );
		isFirst.current = false;
		return () => {
			clearTimeout( timer );
			request.abort();
		};
	}, [ key, round ] );

	const isFresh = known !== null && known.of === key;
	return {
		preview: known?.preview ?? null,
		/** Whether it is about what the form says now. */
		isFresh,
		error: isFresh ? known.error : null,
		/** A newer one, which the server sent with its refusal. */
		replace: ( preview: BatchPreview ) => key && setKnown( { of: key, preview, error: null } ),
		reload: () => {
			setKnown( null );
			setRound( round + 1 );
		},
	};
}
