import { __, _x, sprintf } from '@wordpress/i18n';

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

const NOT_MADE_YET = () =>
	/* translators: The size of an image that is not made yet, as in “Will be 3,600 × 2,400”. */
	_x( 'Will be', 'size of an image', 'sell-my-images' );
const NEVER_MADE = () =>
	/* translators: The size of an image that was not made, as in “Would have been 3,600 × 2,400”. */
	_x( 'Would have been', 'size of an image', 'sell-my-images' );

/** What the size of an image is that is not there. */
const absentWords: Record< JobStatus, () => string > = {
	awaiting_payment: NOT_MADE_YET,
	pending: NOT_MADE_YET,
	processing: NOT_MADE_YET,
	/* translators: The size of an image whose file is gone, as in “Was 3,600 × 2,400”. */
	completed: () => _x( 'Was', 'size of an image', 'sell-my-images' ),
	failed: NEVER_MADE,
	abandoned: NEVER_MADE,
};

/**
 * "Enlarged 3,600 × 2,400" where there is such a file, else what it will or would have been;
 * nothing where there is neither a file nor a size.
 *
 * @param job The job.
 */
export function enlargedWords( job: JobDetail ): string | null {
	const [ width, height ] = enlargedSize( job );
	if ( job.download.file ) {
		return withSize( __( 'Enlarged', 'sell-my-images' ), width, height );
	}
	return width && height ? withSize( absentWords[ job.status ](), width, height ) : null;
}

export function enlargedSize( job: JobDetail ): [ number | null, number | null ] {
	const { file } = job.download;
	return [ file?.width ?? job.target_width, file?.height ?? job.target_height ];
}
