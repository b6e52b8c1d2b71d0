import { __ } from '@wordpress/i18n';

/** Stripe's states of a dispute. An inquiry ("warning") has taken no money yet. */
export function disputeWords(): Record< string, string > {
	return {
		warning_needs_response: __( 'the bank asks, Stripe waits for your answer', 'sell-my-images' ),
		warning_under_review: __( 'the bank asks, your answer is being read', 'sell-my-images' ),
		warning_closed: __( 'the bank asked, and took no money', 'sell-my-images' ),
		needs_response: __( 'Stripe waits for your answer', 'sell-my-images' ),
		under_review: __( 'the bank reads your answer', 'sell-my-images' ),
		won: __( 'won, the money is yours', 'sell-my-images' ),
		lost: __( 'lost, the bank took the money', 'sell-my-images' ),
		prevented: __( 'prevented', 'sell-my-images' ),
		charge_refunded: __( 'ended by a refund', 'sell-my-images' ),
	};
}
