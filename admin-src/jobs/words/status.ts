import { __ } from '@wordpress/i18n';

import type { Job, JobStatus } from '../../api/contracts.generated';
import { newerWords } from './newer';
import type { Intent } from './intent';

interface StatusWords {
	label: string;
	intent: Intent;
	/** What it means, for the panel. */
	sentence: string;
}

/** In the order of a job's life, which is the order of the tabs. */
export const STATUSES: readonly JobStatus[] = [
	'awaiting_payment',
	'pending',
	'processing',
	'completed',
	'failed',
	'abandoned',
];

/** A bank debit or a voucher: the customer is done, and the money comes days later or never. */
const onItsWay = (): StatusWords => ( {
	label: __( 'Payment on its way', 'sell-my-images' ),
	intent: 'informational',
	sentence: __(
		'The customer has confirmed the payment; the bank brings the money, or says no, in a few days. The image is made when it arrives.',
		'sell-my-images'
	),
} );

/**
 * What a job's status means, with what its payment adds.
 *
 * @param job Or what of it matters here.
 */
export function wordsOfJob( job: Pick< Job, 'status' | 'is_payment_under_way' > ): StatusWords {
	const isWaiting = job.status === 'awaiting_payment' || job.status === 'abandoned';
	return isWaiting && job.is_payment_under_way ? onItsWay() : wordsOfStatus( job.status );
}

/** A status that only a newer plugin knows is shown as it is. */
export function wordsOfStatus( status: string ): StatusWords {
	const known: Partial< Record< string, StatusWords > > = statusWords();
	return known[ status ] ?? { label: status, intent: 'draft', sentence: newerWords() };
}

export function statusWords(): Record< JobStatus, StatusWords > {
	return {
		awaiting_payment: {
			label: __( 'Awaiting payment', 'sell-my-images' ),
			intent: 'draft',
			sentence: __( 'The customer is at the checkout. Nothing has been charged.', 'sell-my-images' ),
		},
		pending: {
			label: __( 'Pending', 'sell-my-images' ),
			intent: 'informational',
			sentence: __( 'Paid. Waiting for its turn at Upsampler.', 'sell-my-images' ),
		},
		processing: {
			label: __( 'Processing', 'sell-my-images' ),
			intent: 'informational',
			sentence: __( 'Upsampler is enlarging the image.', 'sell-my-images' ),
		},
		completed: {
			label: __( 'Completed', 'sell-my-images' ),
			intent: 'stable',
			sentence: __( 'The image is ready and the customer has the link.', 'sell-my-images' ),
		},
		failed: {
			label: __( 'Failed', 'sell-my-images' ),
			intent: 'high',
			sentence: __( 'The image could not be made.', 'sell-my-images' ),
		},
		abandoned: {
			label: __( 'Abandoned', 'sell-my-images' ),
			intent: 'draft',
			sentence: __( 'The checkout ended without a payment.', 'sell-my-images' ),
		},
	};
}
