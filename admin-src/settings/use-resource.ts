import { useCallback, useEffect, useState } from '@wordpress/element';

import { RestFailure } from '../api/rest-failure';

export type Resource< T > =
	| { state: 'loading'; value: T | null; error: null }
	| { state: 'filled'; value: T; error: null }
	| { state: 'failed'; value: T | null; error: RestFailure };

/**
 * Something fetched once, and again on demand. What was there stays visible.
 *
 * @param fetch Must be the same function each time.
 */
export function useResource< T >( fetch: () => Promise< T > ) {
	const [ resource, setResource ] = useState< Resource< T > >( {
		state: 'loading',
		value: null,
		error: null,
	} );
	const setValue = useCallback( ( value: T ) => setResource( { state: 'filled', value, error: null } ), [] );
	const load = useCallback( async () => {
		setResource( ( { value } ) => ( { state: 'loading', value, error: null } ) );
		try {
			setValue( await fetch() );
		} catch ( error ) {
			if ( ! ( error instanceof RestFailure ) ) {
				throw error;
			}
			setResource( ( { value } ) => ( { state: 'failed', value, error } ) );
		}
	}, [ fetch, setValue ] );

	useEffect( () => void load(), [ load ] );
	return { resource, load, setValue };
}
