import type { Settings } from '../../api/contracts.generated';

/**
 * What differs: only that is sent, so that two open tabs do not undo each other.
 *
 * @param saved What the server has.
 * @param draft What the form has.
 */
export function changesOf( saved: Settings, draft: Settings ): Partial< Settings > {
	return Object.fromEntries(
		Object.entries( draft ).filter(
			( [ name, value ] ) => JSON.stringify( value ) !== JSON.stringify( saved[ name as keyof Settings ] )
		)
	);
}
