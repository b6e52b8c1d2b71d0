import { useCallback, useEffect, useState } from '@wordpress/element';

interface Chunk< T > {
	/** Null until it is there. */
	chunk: T | null;
	hasFailed: boolean;
	/** Tries again. */
	fetch: () => void;
}

/**
 * A part of the screen that is loaded when it is needed. Not `React.lazy`: that remembers a failure for ever, and a lost
 * connection is no reason to reload.
 *
 * @param load An `import()`; must not change between renders.
 */
export function useChunk< T >( load: () => Promise< T > ): Chunk< T > {
	const [ chunk, setChunk ] = useState< { is: T } | null >( null );
	const [ hasFailed, setFailed ] = useState( false );
	const fetch = useCallback( () => {
		setFailed( false );
		load().then(
			( is ) => setChunk( { is } ),
			() => setFailed( true )
		);
	}, [ load ] );
	useEffect( fetch, [ fetch ] );
	return { chunk: chunk?.is ?? null, hasFailed, fetch };
}
