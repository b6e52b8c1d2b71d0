import { __, _n, sprintf } from '@wordpress/i18n';

import { CutOff, NoFile } from './read-file';
import { RestFailure } from '../../api/rest-failure';
import { formatCount } from '../../shared/number';

/** "12,000 of 344,000 jobs". */
export function progressWords( rows: number, total: number | null ): string {
	return total === null
		? /* translators: %s: a number of jobs. */
			sprintf( _n( '%s job', '%s jobs', rows, 'sell-my-images' ), formatCount( rows ) )
		: sprintf(
				/* translators: 1: jobs that have arrived, 2: all jobs. */
				_n( '%1$s of %2$s job', '%1$s of %2$s jobs', total, 'sell-my-images' ),
				formatCount( rows ),
				formatCount( total )
			);
}

function cutOffWords( { rows, total }: CutOff ): string {
	return total === null
		? sprintf(
				/* translators: %s: jobs that have arrived. */
				__(
					'Only %s jobs arrived, then the connection broke; nothing was saved. Try again.',
					'sell-my-images'
				),
				formatCount( rows )
			)
		: sprintf(
				/* translators: 1: jobs that have arrived, 2: all jobs. */
				__( 'Only %1$s of %2$s jobs arrived; nothing was saved. Try again.', 'sell-my-images' ),
				formatCount( rows ),
				formatCount( total )
			);
}

/**
 * What went wrong, in a sentence.
 *
 * @param error What was thrown.
 */
export function failureWords( error: unknown ): string {
	if ( error instanceof CutOff ) {
		return cutOffWords( error );
	}
	if ( error instanceof NoFile ) {
		return __(
			'The site answered, but not with a file; something between you and it may have stepped in. Nothing was saved.',
			'sell-my-images'
		);
	}
	if ( ! ( error instanceof RestFailure ) ) {
		return __( 'The file could not be made in this browser. Nothing was saved. Try again.', 'sell-my-images' );
	}
	if ( error.kind === 'unreachable' ) {
		return __( 'The site did not answer. Nothing was saved. Try again.', 'sell-my-images' );
	}
	return Object.values( error.params ).join( ' ' ) || error.message;
}

/** How it ended well. */
export function savedWords( rows: number, fileName: string ): string {
	return sprintf(
		/* translators: 1: a number of jobs, 2: name of a file. */
		_n( '%1$s job saved as %2$s', '%1$s jobs saved as %2$s', rows, 'sell-my-images' ),
		formatCount( rows ),
		fileName
	);
}
