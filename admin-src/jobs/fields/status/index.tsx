import { __ } from '@wordpress/i18n';
import type { Field } from '@wordpress/dataviews/wp';

import { AttentionBadge, StatusBadge } from './badges';
import { useChanged } from '../../../shared/use-changed';
import type { Job } from '../../../api/contracts.generated';

function Status( { item }: { item: Job } ) {
	const isNew = useChanged( `${ item.status } ${ item.is_payment_under_way } ${ item.attention }` );
	return (
		<span className={ isNew ? 'smi-badges is-changed' : 'smi-badges' }>
			<StatusBadge job={ item } />
			{ item.attention && <AttentionBadge attention={ item.attention } status={ item.status } /> }
		</span>
	);
}

/** Not a filter: the tabs own it. */
export const statusField = (): Field< Job > => ( {
	id: 'status',
	type: 'text',
	label: __( 'Status', 'sell-my-images' ),
	render: Status,
	filterBy: false,
} );
