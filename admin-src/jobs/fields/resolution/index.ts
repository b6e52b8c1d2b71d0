import { __ } from '@wordpress/i18n';
import type { Field } from '@wordpress/dataviews/wp';

import type { Job } from '../../../api/contracts.generated';

export const resolutionField = (): Field< Job > => ( {
	id: 'resolution',
	type: 'text',
	label: __( 'Size', 'sell-my-images' ),
	elements: [
		{ value: '4x', label: __( '4 times as large', 'sell-my-images' ) },
		{ value: '8x', label: __( '8 times as large', 'sell-my-images' ) },
	],
	filterBy: { operators: [ 'is' ] },
	enableSorting: false,
} );
