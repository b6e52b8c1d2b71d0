import { useState } from '@wordpress/element';

/**
 * A key for the search box: another one when the search was changed by anything but typing. The box waits a moment
 * after each key and then tells what it holds; a view opened in that moment would be searched for the old words.
 *
 * @param search What the list is searched for.
 * @return The key, and what to call with each search that comes from the box.
 */
export function useSearchKey( search: string ): [ key: number, typed: ( search: string ) => void ] {
	const [ known, setKnown ] = useState( { search, key: 0 } );
	if ( known.search !== search ) {
		setKnown( { search, key: known.key + 1 } );
	}
	return [ known.key, ( typed ) => setKnown( ( { key } ) => ( { search: typed, key } ) ) ];
}
