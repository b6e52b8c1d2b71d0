import { __ } from '@wordpress/i18n';

/** Codes among the reasons. An empty one says no more than its line does. */
const reasonCodes = (): Record< string, string > => ( {
	checkout: '',
	payment: '',
	general: '',
	bridge: __( 'Tried again by itself', 'sell-my-images' ),
	rest: __( 'Asked for by hand', 'sell-my-images' ),
	admin_override: __( 'Asked for by hand', 'sell-my-images' ),
	failed_refunded: __( 'About the refund', 'sell-my-images' ),
	ready: __( 'Download link', 'sell-my-images' ),
	failed: __( 'Could not be made', 'sell-my-images' ),
	late: __( 'Arrived late, kept aside', 'sell-my-images' ),
	refunded: __( 'The money was returned', 'sell-my-images' ),
	retry: __( 'The image is made again', 'sell-my-images' ),
	external: __( 'Made in Stripe', 'sell-my-images' ),
	charge_disputed: __( 'The payment is disputed', 'sell-my-images' ),
	fraudulent: __( 'The bank says: fraud', 'sell-my-images' ),
	duplicate: __( 'The bank says: paid twice', 'sell-my-images' ),
	product_not_received: __( 'The bank says: never received', 'sell-my-images' ),
	product_unacceptable: __( 'The bank says: not as described', 'sell-my-images' ),
	unrecognized: __( 'The bank says: payment not recognised', 'sell-my-images' ),
	credit_not_processed: __( 'The bank says: a credit was not paid out', 'sell-my-images' ),
	subscription_canceled: __( 'The bank says: a subscription was cancelled', 'sell-my-images' ),
	customer_initiated: __( 'The bank says: the customer objected', 'sell-my-images' ),
	debit_not_authorized: __( 'The bank says: the debit was not allowed', 'sell-my-images' ),
	incorrect_account_details: __( 'The bank says: wrong account', 'sell-my-images' ),
	insufficient_funds: __( 'The bank says: not enough money on the account', 'sell-my-images' ),
	bank_cannot_process: __( 'The bank says: it cannot process this', 'sell-my-images' ),
	check_returned: __( 'The bank says: the cheque came back', 'sell-my-images' ),
	noncompliant: __( 'The bank says: against the rules of the card network', 'sell-my-images' ),
	expired_or_canceled_card: __( 'The card has expired or was cancelled', 'sell-my-images' ),
	lost_or_stolen_card: __( 'The card was lost or stolen', 'sell-my-images' ),
	declined: __( 'The customer’s bank refused the money', 'sell-my-images' ),
	charge_for_pending_refund_disputed: __( 'The payment is disputed', 'sell-my-images' ),
	merchant_request: __( 'Taken back in Stripe', 'sell-my-images' ),
	unknown: '',
} );

/** Why the bank gave a refund back, in Stripe's codes. */
const failureCodes = (): Record< string, string > => ( {
	lost_or_stolen_card: __( 'The card was lost or stolen.', 'sell-my-images' ),
	expired_or_canceled_card: __( 'The card has expired or was cancelled.', 'sell-my-images' ),
	insufficient_funds: __( 'There was not enough money in your Stripe balance.', 'sell-my-images' ),
	charge_for_pending_refund_disputed: __( 'The payment was disputed meanwhile.', 'sell-my-images' ),
	declined: __( 'The bank declined it.', 'sell-my-images' ),
	merchant_request: __( 'It was stopped in Stripe.', 'sell-my-images' ),
} );

/**
 * Why a refund failed, in a sentence; empty where nobody knows.
 *
 * @param code Stripe's failure_reason.
 */
export const failureWords = ( code: string ): string => failureCodes()[ code ] ?? '';

const BY_SOMEBODY = /^user:\d+$/;
const CODE_BEFORE_WORDS = /^[a-z][a-z0-9_]*: (?=\S)/;

/**
 * Why, in words; what is no code is words already.
 *
 * @param reason As the log has it.
 */
export function reasonWords( reason: string | null ): string {
	if ( ! reason || BY_SOMEBODY.test( reason ) ) {
		return '';
	}
	return reasonCodes()[ reason ] ?? failureCodes()[ reason ] ?? reason.replace( CODE_BEFORE_WORDS, '' );
}
