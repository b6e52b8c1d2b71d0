import { __ } from '@wordpress/i18n';

import { wordsOfJob } from '../words/status';
import type { JobDetail } from '../../api/contracts.generated';

/** What a status alone would say wrongly; null where it is right. */
function exception( { status, payment_status: payment, attention_all: reasons, download }: JobDetail ): string | null {
	if ( status === 'completed' && payment === 'refunded' && download.state !== 'revoked' ) {
		// Paid back because it failed, and made again afterwards.
		return __( 'The customer was paid back and has the image all the same.', 'sell-my-images' );
	}
	if ( status === 'completed' && payment === 'refunded' ) {
		return __(
			'The image was made, then all the money was returned, so the link is switched off.',
			'sell-my-images'
		);
	}
	if ( status === 'completed' && download.state === 'revoked' ) {
		return __( 'The image was made, and its link is switched off.', 'sell-my-images' );
	}
	if ( status === 'completed' && reasons.some( ( r ) => r === 'email_failed' || r === 'file_missing' ) ) {
		return '';
	}
	if ( status === 'failed' && payment === 'refunded' ) {
		return __( 'The image could not be made. The customer was paid back.', 'sell-my-images' );
	}
	if ( status === 'pending' && reasons.length ) {
		return '';
	}
	return null;
}

/**
 * One sentence about the job; empty where the box below it says all.
 *
 * @param job The job.
 */
export function summaryOf( job: JobDetail ): string {
	return exception( job ) ?? wordsOfJob( job ).sentence;
}
