import { __, sprintf } from '@wordpress/i18n';

/**
 * "120 of 288 done."
 *
 * @param ended Jobs whose turn is over.
 * @param total Jobs of the batch.
 */
export function progressWords( ended: number, total: number ): string {
	return sprintf(
		/* translators: 1: jobs done, 2: all jobs. */
		__( '%1$s of %2$s done.', 'sell-my-images' ),
		ended.toLocaleString(),
		total.toLocaleString()
	);
}
