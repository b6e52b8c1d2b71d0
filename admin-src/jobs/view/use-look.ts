import { useDispatch, useSelect, type select as Select } from '@wordpress/data';
import { useCallback, useMemo } from '@wordpress/element';
import { store as preferencesStore } from '@wordpress/preferences';

import { soundLook } from './defaults';
import type { Look } from './types';

export const SCOPE = 'smi/jobs';
const NAME = 'view';

type Kept = Partial< Look > | undefined;

/** As it is before anything is drawn. */
export const currentLook = ( select: typeof Select ): Look =>
	soundLook( select( preferencesStore ).get( SCOPE, NAME ) as Kept );

/** Core keeps preferences in the user's meta, so they follow to other machines. */
export function useLook(): [ Look, ( look: Look ) => void ] {
	const kept = useSelect( ( select ) => select( preferencesStore ).get( SCOPE, NAME ) as Kept, [] );
	const { set } = useDispatch( preferencesStore );
	const keep = useCallback( ( look: Look ) => void set( SCOPE, NAME, look ), [ set ] );
	const look = useMemo( () => soundLook( kept ), [ kept ] );
	return [ look, keep ];
}
