import { __ } from '@wordpress/i18n';

import type { PaymentStatus } from '../../api/contracts.generated';

export const PAYMENT_STATUSES: readonly PaymentStatus[] = [
	'pending',
	'paid',
	'failed',
	'partially_refunded',
	'refunded',
];

/** A word that only a newer plugin knows is shown as it is. */
export function paymentWord( status: string ): string {
	const known: Partial< Record< string, string > > = paymentWords();
	return known[ status ] ?? status;
}

export function paymentWords(): Record< PaymentStatus, string > {
	return {
		pending: __( 'Not paid', 'sell-my-images' ),
		paid: __( 'Paid', 'sell-my-images' ),
		failed: __( 'Payment failed', 'sell-my-images' ),
		partially_refunded: __( 'Partly refunded', 'sell-my-images' ),
		refunded: __( 'Refunded', 'sell-my-images' ),
	};
}
