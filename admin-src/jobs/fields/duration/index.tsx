import { __ } from '@wordpress/i18n';
import type { Field } from '@wordpress/dataviews/wp';

import { formatDuration, secondsBetween } from '../../../shared/time';
import type { Job } from '../../../api/contracts.generated';

function Duration( { item }: { item: Job } ) {
	const { paid_at: paid, completed_at: done } = item;
	return <bdi>{ paid && done ? formatDuration( secondsBetween( paid, done ) ) : '—' }</bdi>;
}

export const durationField = (): Field< Job > => ( {
	id: 'duration',
	type: 'text',
	label: __( 'Payment to image', 'sell-my-images' ),
	getValue: ( { item } ) => item.completed_at,
	render: Duration,
	enableSorting: false,
	filterBy: false,
} );
