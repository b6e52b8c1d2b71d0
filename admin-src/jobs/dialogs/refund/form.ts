import { __, sprintf } from '@wordpress/i18n';

import { formatMoney, fromMinor, toMinor } from '../../../shared/money';
import type { JobDetail, RefundRequest } from '../../../api/contracts.generated';

export type Reason = NonNullable< RefundRequest[ 'reason' ] >;

export interface RefundForm {
	howMuch: 'all' | 'part';
	/** As typed. */
	amount: string;
	reason: Reason;
	note: string;
}

export const EMPTY_FORM: RefundForm = {
	howMuch: 'all',
	amount: '',
	reason: 'requested_by_customer',
	note: '',
};

/**
 * The amount as the server wants it; null when what was typed is none.
 *
 * @param form The form.
 * @param job  The job.
 */
export function amountOf( form: RefundForm, job: JobDetail ): string | null {
	if ( form.howMuch === 'all' ) {
		return job.refundable_amount;
	}
	const units = toMinor( form.amount, job.currency );
	return units && units > 0 ? fromMinor( units, job.currency ) : null;
}

/**
 * Why the form cannot be sent yet; null when it can.
 *
 * @param form The form.
 * @param job  The job.
 */
export function problemOf( form: RefundForm, job: JobDetail ): string | null {
	const amount = amountOf( form, job );
	if ( amount === null ) {
		return __( 'Type an amount, for example 2.50.', 'sell-my-images' );
	}
	const left = toMinor( job.refundable_amount, job.currency ) ?? 0;
	return ( toMinor( amount, job.currency ) ?? 0 ) > left ? leftSentence( job ) : null;
}

export function leftSentence( job: JobDetail ): string {
	return sprintf(
		/* translators: %s: an amount of money. */
		__( 'No more than %s is left.', 'sell-my-images' ),
		formatMoney( job.refundable_amount, job.currency )
	);
}

/**
 * @param form The form, without problems.
 * @param job  The job.
 */
export function toRequest( form: RefundForm, job: JobDetail ): RefundRequest {
	const amount = amountOf( form, job );
	return {
		// Also all of it: what is left may be another amount by then than the one that was shown.
		...( amount ? { amount } : {} ),
		reason: form.reason,
		...( form.note.trim() ? { note: form.note.trim() } : {} ),
	};
}
