import { __ } from '@wordpress/i18n';
import type { Field } from '@wordpress/dataviews/wp';

import type { Job } from '../../../api/contracts.generated';

function Thumbnail( { item }: { item: Job } ) {
	const url = item.thumbnail_url ?? item.image_url;
	// The title beside it names the picture; a second name would only be noise.
	return url ? (
		<img className="smi-thumbnail" src={ url } alt="" loading="lazy" />
	) : (
		<span className="smi-thumbnail" />
	);
}

export const thumbnailField = (): Field< Job > => ( {
	id: 'thumbnail',
	type: 'media',
	label: __( 'Image', 'sell-my-images' ),
	render: Thumbnail,
	filterBy: false,
	enableSorting: false,
} );
