import { __ } from '@wordpress/i18n';
import type { Field } from '@wordpress/dataviews/wp';

import { formatMoney } from '../../../shared/money';
import type { Job } from '../../../api/contracts.generated';

function Kept( { item }: { item: Job } ) {
	const { margin, currency } = item;
	return <bdi>{ margin === null ? '—' : formatMoney( margin, currency ) }</bdi>;
}

export const keptField = (): Field< Job > => ( {
	id: 'kept',
	type: 'text',
	label: __( 'Margin', 'sell-my-images' ),
	getValue: ( { item } ) => item.margin,
	render: Kept,
	enableSorting: false,
	filterBy: false,
} );
