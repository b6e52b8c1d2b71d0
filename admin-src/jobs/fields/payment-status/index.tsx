import { __ } from '@wordpress/i18n';
import type { Field } from '@wordpress/dataviews/wp';

import { PAYMENT_STATUSES, paymentWord, paymentWords } from '../../words/payment';
import type { Job } from '../../../api/contracts.generated';

export const paymentStatusField = (): Field< Job > => ( {
	id: 'payment_status',
	type: 'text',
	label: __( 'Payment', 'sell-my-images' ),
	elements: PAYMENT_STATUSES.map( ( value ) => ( {
		value,
		label: paymentWords()[ value ],
	} ) ),
	render: ( { item } ) => <>{ paymentWord( item.payment_status ) }</>,
	filterBy: { operators: [ 'isAny' ] },
} );
