import { useEffect } from '@wordpress/element';

/**
 * Lets the browser ask before unsaved changes are lost.
 *
 * @param isDirty Whether there are any.
 */
export function useLeaveWarning( isDirty: boolean ) {
	useEffect( () => {
		if ( ! isDirty ) {
			return;
		}
		const warn = ( event: BeforeUnloadEvent ) => event.preventDefault();
		window.addEventListener( 'beforeunload', warn );
		return () => window.removeEventListener( 'beforeunload', warn );
	}, [ isDirty ] );
}
