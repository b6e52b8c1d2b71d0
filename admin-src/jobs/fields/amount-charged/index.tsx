import { __, sprintf } from '@wordpress/i18n';
import type { Field } from '@wordpress/dataviews/wp';

import { formatMoney, isZero } from '../../../shared/money';
import { useChanged } from '../../../shared/use-changed';
import type { Job } from '../../../api/contracts.generated';

/** Money that was only asked for must not look like money that came in. */
function NotCharged( { item }: { item: Job } ) {
	return (
		<span className="smi-money is-quiet" title={ __( 'The price. Nothing has been charged.', 'sell-my-images' ) }>
			{ __( 'Not charged', 'sell-my-images' ) }
			{ item.amount_charged !== null && (
				<small>
					<bdi>
						{ sprintf(
							/* translators: %s: an amount of money. */
							__( 'Price %s', 'sell-my-images' ),
							formatMoney( item.amount_charged, item.currency )
						) }
					</bdi>
				</small>
			) }
		</span>
	);
}

function Charged( { item }: { item: Job } ) {
	const isNew = useChanged( `${ item.payment_status } ${ item.refund_amount }` );
	if ( item.amount_charged === null || item.paid_at === null ) {
		return <NotCharged item={ item } />;
	}
	return (
		<span className={ isNew ? 'smi-money is-changed' : 'smi-money' }>
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
