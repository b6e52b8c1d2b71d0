import { useCallback, useRef } from '@wordpress/element';

/**
 * An idempotency key. `randomUUID` exists in secure contexts only, and an admin
 * may well be on plain http.
 */
export function newKey(): string {
	return (
		window.crypto.randomUUID?.() ??
		Array.from( window.crypto.getRandomValues( new Uint8Array( 16 ) ), ( byte ) =>
			byte.toString( 16 ).padStart( 2, '0' )
		).join( '' )
	);
}

/**
 * A key for each thing asked for while the dialog is open: the same form sent
 * twice is one wish, also when it was changed and changed back in between.
 */
export function useKeyOf(): ( asked: object ) => string {
	const keys = useRef( new Map< string, string >() );
	return useCallback( ( asked ) => {
		const wish = JSON.stringify( asked );
		const key = keys.current.get( wish ) ?? newKey();
		keys.current.set( wish, key );
		return key;
	}, [] );
}
