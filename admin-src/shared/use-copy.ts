import { useCallback, useEffect, useState } from '@wordpress/element';

export type CopyState = 'idle' | 'copied' | 'failed';

const SHOWN_MS = 4000;

async function write( text: string ): Promise< boolean > {
	try {
		await window.navigator.clipboard.writeText( text );
		return true;
	} catch {
		// No permission, or plain http: the text stays selectable on the screen.
		return false;
	}
}

/**
 * Copies a text, and says for a moment how that went.
 *
 * @param text What to copy.
 */
export function useCopy( text: string ): [ CopyState, () => void ] {
	const [ state, setState ] = useState< CopyState >( 'idle' );
	useEffect( () => {
		if ( state === 'idle' ) {
			return;
		}
		const timer = setTimeout( () => setState( 'idle' ), SHOWN_MS );
		return () => clearTimeout( timer );
	}, [ state ] );
	const copy = useCallback(
		() => void write( text ).then( ( isDone ) => setState( isDone ? 'copied' : 'failed' ) ),
		[ text ]
	);
	return [ state, copy ];
}
