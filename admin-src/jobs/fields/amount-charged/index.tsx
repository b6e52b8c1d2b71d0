import { __, sprintf } from '@wordpress/i18n';
import type { Field } from '@wordpress/dataviews/wp';

import { formatMoney, isZero } from '../../../shared/money';
import type { Job } from '../../../api/contracts.generated';

function Charged( { item }: { item: Job } ) {
	if ( item.amount_charged === null ) {
		return <>—</>;
	}
	return (
		<span className="smi-money">
			<bdi>{ formatMoney( item.amount_charged, item.currency ) }</bdi>
			{ ! isZero( item.refund_amount ) && (
				<small>
					<bdi>
						{ sprintf(
							/* translators: %s: an amount of money. */
							__( '−%s refunded', 'sell-my-images' ),
							formatMoney( item.refund_amount ?? '0', item.currency )
						) }
					</bdi>
				</small>
			) }
		</span>
	);
}

export const amountChargedField = (): Field< Job > => ( {
	id: 'amount_charged',
	type: 'text',
	label: __( 'Charged', 'sell-my-images' ),
	render: Charged,
	filterBy: false,
} );
