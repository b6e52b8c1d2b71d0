import { __ } from '@wordpress/i18n';
import type { Field } from '@wordpress/dataviews/wp';

import { titleOf } from './title-of';
import type { Job } from '../../../api/contracts.generated';

export const postTitleField = (): Field< Job > => ( {
	id: 'post_title',
	type: 'text',
	label: __( 'Image from', 'sell-my-images' ),
	getValue: ( { item } ) => titleOf( item ),
	enableHiding: false,
	enableSorting: false,
	filterBy: false,
} );
