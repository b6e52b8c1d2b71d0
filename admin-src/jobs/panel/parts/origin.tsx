import { __ } from '@wordpress/i18n';

import { FilterLink } from './filter-link';
import { Section } from './section';
import { titleOf } from '../../fields/post-title/title-of';
import type { JobDetail } from '../../../api/contracts.generated';
import type { PlaceApi } from '../../view/use-place';

interface Props {
	job: JobDetail;
	places: PlaceApi;
}

/** Where the picture comes from, and what else was sold of it. */
export function OriginPart( { job, places }: Props ) {
	return (
		<Section title={ __( 'Picture', 'sell-my-images' ) }>
			{ job.post_url && (
				<p>
					<a href={ job.post_url }>{ titleOf( job ) }</a>
				</p>
			) }
			{ job.attachment_id !== null && (
				<p>
					<FilterLink places={ places } field="attachment_id" value={ String( job.attachment_id ) }>
						{ __( 'All jobs of this picture', 'sell-my-images' ) }
					</FilterLink>
				</p>
			) }
			{ job.post_id !== null && (
				<p>
					<FilterLink places={ places } field="post_id" value={ String( job.post_id ) }>
						{ __( 'All jobs of this post', 'sell-my-images' ) }
					</FilterLink>
				</p>
			) }
		</Section>
	);
}
