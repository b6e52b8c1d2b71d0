import { __, sprintf } from '@wordpress/i18n';

import { disputeWords } from '../../words/dispute';
import { attemptWords } from '../parts/attempt-words';
import { refundStatusWords } from '../parts/refund-words';
import { paymentWords } from '../../words/payment';
import { statusWords } from '../../words/status';
import type { JobEvent } from '../../../api/contracts.generated';

/** Looks a word of the server up; null when this version does not know it. */
function known< V >( words: Record< string, V >, word: string | null ): V | null {
	return word !== null && word in words ? ( words[ word ] ?? null ) : null;
}

function statusLine( to: string | null ): string | null {
	if ( to === 'awaiting_payment' ) {
		return __( 'Checkout asked for', 'sell-my-images' );
	}
	const words = known( statusWords(), to );
	return words
		? /* translators: %s: a status, for example Completed. */
			sprintf( __( 'Status: %s', 'sell-my-images' ), words.label )
		: null;
}

function paymentLine( to: string | null ): string | null {
	if ( to === 'paid' ) {
		return __( 'Payment received', 'sell-my-images' );
	}
	if ( to === 'under_way' ) {
		return __( 'Payment confirmed by the customer, on its way', 'sell-my-images' );
	}
	const words = known( paymentWords(), to );
	/* translators: %s: a payment status, for example Refunded. */
	return words && sprintf( __( 'Payment: %s', 'sell-my-images' ), words );
}

function refundLine( to: string | null ): string | null {
	const words = known( refundStatusWords(), to );
	/* translators: %s: a refund's state, for example Returned. */
	return words && sprintf( __( 'Refund: %s', 'sell-my-images' ), words );
}

function disputeLine( to: string | null ): string | null {
	const words = known( disputeWords(), to );
	/* translators: %s: a dispute's state, for example Won. */
	return words && sprintf( __( 'Dispute: %s', 'sell-my-images' ), words );
}

function emailLine( to: string | null ): string | null {
	const words: Record< string, string > = {
		sent: __( 'E-mail sent', 'sell-my-images' ),
		failed: __( 'E-mail could not be sent', 'sell-my-images' ),
		queued: __( 'E-mail queued', 'sell-my-images' ),
		retry: __( 'E-mail was not taken', 'sell-my-images' ),
	};
	return words[ to ?? '' ] ?? null;
}

function linkLine( to: string | null ): string {
	return to === 'revoked'
		? __( 'Download link switched off', 'sell-my-images' )
		: __( 'Download link made', 'sell-my-images' );
}

const LINES: Record< string, ( to: string | null ) => string | null > = {
	status: statusLine,
	payment: paymentLine,
	attempt: ( to ) => known( attemptWords(), to ),
	refund: refundLine,
	dispute: disputeLine,
	fee: () => __( 'Stripe’s fee', 'sell-my-images' ),
	email: emailLine,
	link: linkLine,
	checkout: ( to ) => ( to === 'open' ? __( 'Checkout opened', 'sell-my-images' ) : null ),
	privacy: ( to ) =>
		to === 'erased' ? __( 'Personal data erased, file and link with it', 'sell-my-images' ) : null,
	download: () => __( 'File downloaded', 'sell-my-images' ),
	action: ( to ) => ( to === 'retry' ? __( 'Asked to be made again', 'sell-my-images' ) : null ),
};

/**
 * One event in words. What this version has no words for is shown as it is:
 * a log must not hide lines.
 *
 * @param event A line of the log.
 */
export function eventWords( { type, from, to }: JobEvent ): string {
	return (
		LINES[ type ]?.( to ) ?? [ type, [ from, to ].filter( Boolean ).join( ' → ' ) ].filter( Boolean ).join( ': ' )
	);
}
