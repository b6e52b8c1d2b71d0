import { addQueryArgs } from '@wordpress/url';

/** Leads to a place on the Jobs screen; tests listen instead of leaving. */
export const go = {
	to( args: Record< string, string > ): void {
		window.location.assign( addressOf( args ) );
	},
};

/**
 * @param args What the Jobs screen's address says.
 */
export function addressOf( args: Record< string, string > ): string {
	return addQueryArgs( window.smiCommands?.jobsUrl ?? 'admin.php?page=smi-jobs', args );
}
