import { useDispatch, useSelect } from '@wordpress/data';
import { useCallback } from '@wordpress/element';
import { store as preferencesStore } from '@wordpress/preferences';

import { DEFAULT_SAVED } from './defaults';
import type { SavedView } from './types';

const SCOPE = 'smi/jobs';
const NAME = 'view';

/** Core keeps preferences in the user's meta, so they follow to other machines. */
export function useSavedView(): [ SavedView, ( view: SavedView ) => void ] {
	const kept = useSelect(
		( select ) => select( preferencesStore ).get( SCOPE, NAME ) as Partial< SavedView > | undefined,
		[]
	);
	const { set } = useDispatch( preferencesStore );
	const keep = useCallback( ( view: SavedView ) => void set( SCOPE, NAME, view ), [ set ] );
	return [ { ...DEFAULT_SAVED, ...kept }, keep ];
}
