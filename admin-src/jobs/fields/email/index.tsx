import { __ } from '@wordpress/i18n';
import type { Field } from '@wordpress/dataviews/wp';

import type { Job } from '../../../api/contracts.generated';

function Email( { item }: { item: Job } ) {
	return item.email ? (
		<bdi dir="ltr" className="smi-ellipsis" title={ item.email }>
			{ item.email }
		</bdi>
	) : (
		<span className="is-quiet">{ __( 'Not given yet', 'sell-my-images' ) }</span>
	);
}

export const emailField = (): Field< Job > => ( {
	id: 'email',
	type: 'email',
	label: __( 'Customer', 'sell-my-images' ),
	render: Email,
	filterBy: { operators: [ 'is', 'startsWith' ] },
} );
