import { __ } from '@wordpress/i18n';
import type { MouseEvent } from 'react';

import { Section } from './section';
import { isPlainClick } from '../../list/plain-click';
import { defaultView } from '../../view/defaults';
import type { JobDetail } from '../../../api/contracts.generated';
import type { PlaceApi } from '../../view/use-place';
import type { Place } from '../../view/types';

function jobsOf( email: string, { view }: Place ): Partial< Place > {
	return {
		tab: 'all',
		job: null,
		view: {
			...defaultView( view ),
			filters: [ { field: 'email', operator: 'is', value: email } ],
		},
	};
}

interface Props extends PlaceApi {
	job: JobDetail;
}

export function CustomerPart( { job, place, go, hrefOf }: Props ) {
	const theirs = jobsOf( job.email, place );
	const open = ( event: MouseEvent ) => {
		if ( isPlainClick( event ) ) {
			event.preventDefault();
			go( theirs, 'push' );
		}
	};
	return (
		<Section title={ __( 'Customer', 'sell-my-images' ) }>
			{ job.email ? (
				<>
					<p>
						<a href={ `mailto:${ job.email }` }>
							<bdi>{ job.email }</bdi>
						</a>
					</p>
					<a href={ hrefOf( theirs ) } onClick={ open }>
						{ __( 'All jobs of this customer', 'sell-my-images' ) }
					</a>
				</>
			) : (
				<p>{ __( 'Not given yet', 'sell-my-images' ) }</p>
			) }
		</Section>
	);
}
