import { useEffect, useState } from '@wordpress/element';

const SECOND = 1000;

/** The time, once a second: only mounted while something is awaited. */
export function useNow(): number {
	const [ now, setNow ] = useState( Date.now );
	useEffect( () => {
		const timer = setInterval( () => setNow( Date.now() ), SECOND );
		return () => clearInterval( timer );
	}, [] );
	return now;
}
