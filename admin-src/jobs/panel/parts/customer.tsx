import { __, sprintf } from '@wordpress/i18n';

import { FilterLink } from './filter-link';
import { Section } from './section';
import { useCustomerCount } from '../use-customer-count';
import type { JobDetail } from '../../../api/contracts.generated';
import type { PlaceApi } from '../../view/use-place';

function linkWords( count: number | null ): string {
	return count === null
		? __( 'All jobs of this customer', 'sell-my-images' )
		: sprintf(
				/* translators: %s: a number of jobs. */
				__( 'All jobs of this customer (%s)', 'sell-my-images' ),
				count.toLocaleString()
			);
}

interface Props {
	job: JobDetail;
	places: PlaceApi;
}

function Known( { email, places }: { email: string; places: PlaceApi } ) {
	const count = useCustomerCount( email );
	return (
		<>
			<p>
				<a href={ `mailto:${ email }` }>
					<bdi>{ email }</bdi>
				</a>
			</p>
			<p>
				<FilterLink places={ places } field="email" value={ email }>
					{ linkWords( count ) }
				</FilterLink>
			</p>
		</>
	);
}

export function CustomerPart( { job, places }: Props ) {
	return (
		<Section title={ __( 'Customer', 'sell-my-images' ) }>
			{ job.email ? (
				<Known email={ job.email } places={ places } />
			) : (
				<p>{ __( 'Not given yet', 'sell-my-images' ) }</p>
			) }
		</Section>
	);
}
