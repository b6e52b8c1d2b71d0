import { __ } from '@wordpress/i18n';
import type { Field } from '@wordpress/dataviews/wp';

import type { Job } from '../../../api/contracts.generated';

export const attemptCountField = (): Field< Job > => ( {
	id: 'attempt_count',
	type: 'integer',
	label: __( 'Attempts', 'sell-my-images' ),
	enableSorting: false,
	filterBy: false,
} );
