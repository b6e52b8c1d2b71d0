import { __ } from '@wordpress/i18n';

import type { Refund } from '../../../api/contracts.generated';

export function refundStatusWords(): Record< Refund[ 'status' ], string > {
	return {
		requested: __( 'Asked for', 'sell-my-images' ),
		sending: __( 'On its way to Stripe', 'sell-my-images' ),
		pending: __( 'Accepted by Stripe', 'sell-my-images' ),
		requires_action: __( 'Stripe waits for the customer', 'sell-my-images' ),
		succeeded: __( 'Returned', 'sell-my-images' ),
		failed: __( 'Failed', 'sell-my-images' ),
		canceled: __( 'Cancelled', 'sell-my-images' ),
	};
}

export function refundOriginWords(): Record< Refund[ 'origin' ], string > {
	return {
		auto: __( 'automatic', 'sell-my-images' ),
		manual: __( 'by hand', 'sell-my-images' ),
		external: __( 'made in Stripe', 'sell-my-images' ),
	};
}
