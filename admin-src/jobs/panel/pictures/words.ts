import { __, sprintf } from '@wordpress/i18n';

import type { JobDetail, JobStatus } from '../../../api/contracts.generated';

/**
 * "Original 900 × 600", or without the size where nobody knows it.
 *
 * @param words  What it is.
 * @param width  Pixels.
 * @param height Pixels.
 */
export function withSize( words: string, width: number | null, height: number | null ): string {
	if ( ! width || ! height ) {
		return words;
	}
	return sprintf(
		/* translators: 1: Original or Enlarged, 2: width in pixels, 3: height in pixels. */
		__( '%1$s %2$s × %3$s', 'sell-my-images' ),
		words,
		width.toLocaleString(),
		height.toLocaleString()
	);
}

const NOT_YET = () => __( 'Not made yet', 'sell-my-images' );

/** Why there is no enlarged picture beside the original. */
const missingWords: Record< JobStatus, () => string > = {
	awaiting_payment: NOT_YET,
	pending: NOT_YET,
	processing: () => __( 'Being made now', 'sell-my-images' ),
	completed: () => __( 'The file is gone', 'sell-my-images' ),
	failed: () => __( 'Could not be made', 'sell-my-images' ),
	abandoned: () => __( 'Never made', 'sell-my-images' ),
};

export function whyMissing( { status, download }: JobDetail ): string {
	return download.file ? __( 'No preview of this file', 'sell-my-images' ) : missingWords[ status ]();
}

export function enlargedSize( job: JobDetail ): [ number | null, number | null ] {
	const { file } = job.download;
	return [ file?.width ?? job.target_width, file?.height ?? job.target_height ];
}
