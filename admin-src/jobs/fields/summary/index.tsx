import { __ } from '@wordpress/i18n';
import type { Field } from '@wordpress/dataviews/wp';

import type { Job } from '../../../api/contracts.generated';

/** Enough of an id to tell jobs apart, and to type into the search. */
export const shortId = ( job: Job ) => job.job_id.slice( 0, 8 );

export const summaryField = (): Field< Job > => ( {
	id: 'summary',
	type: 'text',
	label: __( 'Number and size', 'sell-my-images' ),
	getValue: ( { item } ) => `${ shortId( item ) } · ${ item.resolution }`,
	render: ( { item } ) => (
		<bdi className="smi-summary">
			{ shortId( item ) } · { item.resolution }
		</bdi>
	),
	enableSorting: false,
	filterBy: false,
} );
