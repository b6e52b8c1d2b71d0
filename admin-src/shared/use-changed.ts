import { useEffect, useRef, useState } from '@wordpress/element';

const SHOWN_MS = 6_000;

/**
 * Whether a value changed a moment ago while it was on the screen, so that the
 * eye finds what moved by itself.
 *
 * @param value What is shown.
 */
export function useChanged( value: string ): boolean {
	const before = useRef( value );
	const [ isNew, setNew ] = useState( false );
	useEffect( () => {
		if ( before.current === value ) {
			return;
		}
		before.current = value;
		setNew( true );
		const timer = setTimeout( () => setNew( false ), SHOWN_MS );
		return () => clearTimeout( timer );
	}, [ value ] );
	return isNew;
}
