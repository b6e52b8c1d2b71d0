import { __ } from '@wordpress/i18n';

import type { Attention, JobStatus } from '../../api/contracts.generated';
import type { ActionId } from '../actions/types';
import { newerWords } from './newer';
import type { Intent } from './intent';

interface AttentionWords {
	badge: string;
	intent: Intent;
	sentence: string;
	fix: Fix;
	/** Whether paying the money back is the other sensible answer. */
	isRefundOffered?: boolean;
}

/**
 * The remedy: an action of the job, its first start, or a page at Stripe. A refund's
 * button says how much, so it has no label of its own unless it is another try.
 */
export type Fix =
	| { kind: 'action'; action: ActionId; label: string }
	| { kind: 'refund'; label?: string }
	| { kind: 'start'; label: string }
	/** `labelOfNew` is for a job whose link has ended. */
	| { kind: 'mail'; label: string; labelOfNew: string }
	| { kind: 'stripe'; page: 'payment' | 'dispute'; label: string };

/** Most urgent first, as the contract orders them. */
export const ATTENTIONS: readonly Attention[] = [
	'disputed',
	'refund_failed',
	'failed_not_refunded',
	'amount_mismatch',
	'paid_not_started',
	'submit_unknown',
	'file_missing',
	'stuck_processing',
	'email_failed',
	'refund_pending',
];

export function attentionWords(): Record< Attention, AttentionWords > {
	return {
		disputed: {
			badge: __( 'Disputed', 'sell-my-images' ),
			intent: 'high',
			sentence: __(
				'The customer asked their bank to take the payment back. Stripe waits for your answer.',
				'sell-my-images'
			),
			fix: { kind: 'stripe', page: 'dispute', label: __( 'Answer in Stripe', 'sell-my-images' ) },
		},
		refund_failed: {
			badge: __( 'Refund failed', 'sell-my-images' ),
			intent: 'high',
			sentence: __( 'Stripe could not return the money to the customer’s card.', 'sell-my-images' ),
			fix: { kind: 'refund', label: __( 'Try refund again…', 'sell-my-images' ) },
		},
		failed_not_refunded: {
			badge: __( 'Not refunded', 'sell-my-images' ),
			intent: 'high',
			sentence: __( 'The image could not be made and the customer has not been paid back.', 'sell-my-images' ),
			fix: { kind: 'refund' },
		},
		amount_mismatch: {
			badge: __( 'Wrong amount', 'sell-my-images' ),
			intent: 'high',
			sentence: __(
				'Stripe received a different amount than this job’s price, so nothing was started.',
				'sell-my-images'
			),
			fix: { kind: 'stripe', page: 'payment', label: __( 'Compare in Stripe', 'sell-my-images' ) },
			isRefundOffered: true,
		},
		paid_not_started: {
			badge: __( 'Not started', 'sell-my-images' ),
			intent: 'high',
			sentence: __( 'The payment arrived but the image was never sent to Upsampler.', 'sell-my-images' ),
			fix: { kind: 'start', label: __( 'Start now', 'sell-my-images' ) },
			isRefundOffered: true,
		},
		submit_unknown: {
			badge: __( 'Not sure it was sent', 'sell-my-images' ),
			intent: 'medium',
			sentence: __(
				'The upscaler did not answer when this image was sent. If nothing arrives in 30 minutes it is made again; one image may cost twice.',
				'sell-my-images'
			),
			fix: { kind: 'action', action: 'refresh', label: __( 'Check now', 'sell-my-images' ) },
		},
		file_missing: {
			badge: __( 'File missing', 'sell-my-images' ),
			intent: 'high',
			sentence: __( 'The finished image is gone from this server, so the link cannot work.', 'sell-my-images' ),
			fix: { kind: 'action', action: 'retry', label: __( 'Make again…', 'sell-my-images' ) },
		},
		stuck_processing: {
			badge: __( 'Taking too long', 'sell-my-images' ),
			intent: 'high',
			sentence: __( 'Upsampler has worked on this image far longer than usual.', 'sell-my-images' ),
			fix: { kind: 'action', action: 'refresh', label: __( 'Check now', 'sell-my-images' ) },
		},
		email_failed: {
			badge: __( 'E-mail not sent', 'sell-my-images' ),
			intent: 'high',
			sentence: __( 'The image is ready but the customer did not get the link.', 'sell-my-images' ),
			fix: {
				kind: 'mail',
				label: __( 'Send e-mail again', 'sell-my-images' ),
				labelOfNew: __( 'Send a new link', 'sell-my-images' ),
			},
		},
		refund_pending: {
			badge: __( 'Refund on its way', 'sell-my-images' ),
			intent: 'medium',
			sentence: __(
				'The refund is not through: Stripe has not taken it, or the bank has not confirmed it yet.',
				'sell-my-images'
			),
			fix: { kind: 'action', action: 'refresh', label: __( 'Check with Stripe', 'sell-my-images' ) },
		},
	};
}

/**
 * What is wrong, in a sentence.
 *
 * @param reason Why the job needs somebody.
 * @param status Of the job: a failed one has no image to be told of.
 */
export function attentionSentence( reason: Attention, status: JobStatus ): string {
	return reason === 'email_failed' && status === 'failed'
		? __( 'The image could not be made, and the customer was not told that the money goes back.', 'sell-my-images' )
		: wordsOfAttention( reason ).sentence;
}

/** A problem that only a newer plugin knows is shown as it is, without a remedy. */
export function wordsOfAttention( reason: string ): Omit< AttentionWords, 'fix' > & { fix: Fix | null } {
	const known: Partial< Record< string, AttentionWords > > = attentionWords();
	return known[ reason ] ?? { badge: reason, intent: 'medium', sentence: newerWords(), fix: null };
}
