import { __, sprintf } from '@wordpress/i18n';

import { Compare } from './compare';
import type { JobDetail } from '../../../api/contracts.generated';

function withSize( words: string, width: number | null, height: number | null ): string {
	return width && height
		? /* translators: 1: Original or Enlarged, 2: width in pixels, 3: height in pixels. */
			sprintf( __( '%1$s %2$d × %3$d', 'sell-my-images' ), words, width, height )
		: words;
}

export function Pictures( { job }: { job: JobDetail } ) {
	const { file } = job.download;
	const preview = file?.preview_url;
	const original = withSize( __( 'Original', 'sell-my-images' ), job.image_width, job.image_height );
	const enlarged = file
		? withSize( __( 'Enlarged', 'sell-my-images' ), file.width, file.height )
		: withSize( __( 'Not made yet:', 'sell-my-images' ), job.target_width, job.target_height );
	return (
		<figure className="smi-pictures">
			{ preview ? (
				<Compare original={ job.image_url } enlarged={ preview } />
			) : (
				<img src={ job.image_url } alt={ __( 'The original', 'sell-my-images' ) } />
			) }
			<figcaption>
				<span>{ original }</span>
				<span>{ enlarged }</span>
			</figcaption>
		</figure>
	);
}
