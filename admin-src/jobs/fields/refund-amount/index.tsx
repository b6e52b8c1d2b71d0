import { __ } from '@wordpress/i18n';
import type { Field } from '@wordpress/dataviews/wp';

import { formatMoney, isZero } from '../../../shared/money';
import type { Job } from '../../../api/contracts.generated';

export const refundAmountField = (): Field< Job > => ( {
	id: 'refund_amount',
	type: 'text',
	label: __( 'Refunded', 'sell-my-images' ),
	render: ( { item } ) => (
		<bdi>{ isZero( item.refund_amount ) ? '—' : formatMoney( item.refund_amount ?? '0', item.currency ) }</bdi>
	),
	enableSorting: false,
	filterBy: false,
} );
