import { __ } from '@wordpress/i18n';
import type { Field } from '@wordpress/dataviews/wp';

import { keptOf } from './kept-of';
import { formatMoney } from '../../../shared/money';
import type { Job } from '../../../api/contracts.generated';

function Kept( { item }: { item: Job } ) {
	const kept = keptOf( item );
	return <bdi>{ kept === null ? '—' : formatMoney( kept, item.currency ) }</bdi>;
}

export const keptField = (): Field< Job > => ( {
	id: 'kept',
	type: 'text',
	label: __( 'Margin', 'sell-my-images' ),
	getValue: ( { item } ) => keptOf( item ),
	render: Kept,
	enableSorting: false,
	filterBy: false,
} );
