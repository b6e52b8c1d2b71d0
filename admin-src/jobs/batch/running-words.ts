import { __ } from '@wordpress/i18n';

import type { ActionId } from '../actions/types';

/** Apart from the dialog's words: these are needed before it is loaded. */
const WORDS: Record< ActionId, () => string > = {
	refund: () => __( 'Refunding jobs', 'sell-my-images' ),
	retry: () => __( 'Making images again', 'sell-my-images' ),
	download_token: () => __( 'Making new links', 'sell-my-images' ),
	email: () => __( 'Sending e-mails', 'sell-my-images' ),
	status: () => __( 'Setting statuses', 'sell-my-images' ),
	refresh: () => __( 'Checking jobs', 'sell-my-images' ),
};

export function runningWords( action: ActionId ): string {
	return WORDS[ action ]();
}
