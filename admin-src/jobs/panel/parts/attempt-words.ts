import { __ } from '@wordpress/i18n';

import type { Attempt } from '../../../api/contracts.generated';

export function attemptWords(): Record< Attempt[ 'state' ], string > {
	return {
		queued: __( 'Waiting to be sent', 'sell-my-images' ),
		sent: __( 'Sent to be made', 'sell-my-images' ),
		unknown: __( 'Sent, but not answered', 'sell-my-images' ),
		running: __( 'Being made', 'sell-my-images' ),
		succeeded: __( 'Image ready', 'sell-my-images' ),
		failed: __( 'Making it failed', 'sell-my-images' ),
		superseded: __( 'Replaced by another attempt', 'sell-my-images' ),
	};
}

export function providerWords(): Record< Attempt[ 'provider' ], string > {
	return {
		upsampler: __( 'Upsampler', 'sell-my-images' ),
		local: __( 'Resized here', 'sell-my-images' ),
	};
}
