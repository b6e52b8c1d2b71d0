import { __ } from '@wordpress/i18n';

import type { Job } from '../../../api/contracts.generated';

/**
 * What a job is called: the post its picture came from.
 *
 * @param job The job.
 */
export function titleOf( job: Job ): string {
	return job.post_title || __( '(a post without a title)', 'sell-my-images' );
}
