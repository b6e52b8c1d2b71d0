import { useDispatch, useSelect } from '@wordpress/data';
import { useCallback, useMemo } from '@wordpress/element';
import { store as preferencesStore } from '@wordpress/preferences';

import { soundLook } from './defaults';
import type { Look } from './types';

export const SCOPE = 'smi/jobs';
const NAME = 'view';

/** Core keeps preferences in the user's meta, so they follow to other machines. */
export function useLook(): [ Look, ( look: Look ) => void ] {
	const kept = useSelect(
		( select ) => select( preferencesStore ).get( SCOPE, NAME ) as Partial< Look > | undefined,
		[]
	);
	const { set } = useDispatch( preferencesStore );
	const keep = useCallback( ( look: Look ) => void set( SCOPE, NAME, look ), [ set ] );
	const look = useMemo( () => soundLook( kept ), [ kept ] );
	return [ look, keep ];
}
