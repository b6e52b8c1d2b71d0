import { __ } from '@wordpress/i18n';
import type { Field } from '@wordpress/dataviews/wp';

import { ATTENTIONS, attentionWords } from '../../words/attention';
import type { Job } from '../../../api/contracts.generated';

/** A filter only: the badge stands in the status column. */
export const attentionField = (): Field< Job > => ( {
	id: 'attention',
	type: 'text',
	label: __( 'Problem', 'sell-my-images' ),
	elements: ATTENTIONS.map( ( value ) => ( {
		value,
		label: attentionWords()[ value ].badge,
	} ) ),
	filterBy: { operators: [ 'isAny' ] },
	enableHiding: false,
	enableSorting: false,
} );
