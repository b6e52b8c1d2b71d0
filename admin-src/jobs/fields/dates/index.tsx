import { __ } from '@wordpress/i18n';
import type { Field } from '@wordpress/dataviews/wp';

import { CreatedFilter } from './created-filter';
import { isRangeName } from '../../view/ranges';
import { formatDay } from '../../../shared/time';
import { TimeAgo } from '../../../shared/components/time-ago';
import type { Job } from '../../../api/contracts.generated';

type TimeName = 'created_at' | 'paid_at' | 'completed_at' | 'updated_at';

function timeField( id: TimeName, label: string ): Field< Job > {
	return {
		id,
		// Not `datetime`: that type has no `between`.
		type: 'date',
		label,
		render: ( { item } ) => {
			const iso = item[ id ];
			return iso ? <TimeAgo iso={ iso } /> : <>—</>;
		},
		filterBy: false,
	};
}

export const createdField = (): Field< Job > => ( {
	...timeField( 'created_at', __( 'Created', 'sell-my-images' ) ),
	Edit: CreatedFilter,
	// For the words of the filter, whose values are days and the name of a range.
	getValueFormatted: ( { item } ) =>
		isRangeName( item.created_at ) ? '' : formatDay( item.created_at.slice( 0, 10 ) ),
	filterBy: { operators: [ 'between' ] },
} );

export const paidField = () => timeField( 'paid_at', __( 'Paid', 'sell-my-images' ) );

export const completedField = () => timeField( 'completed_at', __( 'Completed', 'sell-my-images' ) );

export const updatedField = () => timeField( 'updated_at', __( 'Changed', 'sell-my-images' ) );
