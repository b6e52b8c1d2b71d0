import { ExternalLink } from '@wordpress/components';
import { __ } from '@wordpress/i18n';

import { Facts, type Fact } from '../../../shared/components/facts';
import { Section } from './section';
import { formatMoney } from '../../../shared/money';
import { paymentWords } from '../../words/payment';
import type { JobDetail } from '../../../api/contracts.generated';

function amount( value: string | null, currency: string ) {
	return <bdi>{ value === null ? '—' : formatMoney( value, currency ) }</bdi>;
}

function facts( job: JobDetail ): Fact[] {
	const { currency } = job;
	return [
		{
			label: __( 'Payment', 'sell-my-images' ),
			value: paymentWords()[ job.payment_status ],
		},
		{
			label: job.paid_at === null ? __( 'Price', 'sell-my-images' ) : __( 'Charged', 'sell-my-images' ),
			value: amount( job.amount_charged, currency ),
		},
		{
			label: __( 'Refunded', 'sell-my-images' ),
			value: amount( job.refund_amount ?? '0', currency ),
		},
		{
			label: __( 'Stripe fee', 'sell-my-images' ),
			value: amount( job.stripe_fee, currency ),
		},
		{
			label: __( 'Upscaler', 'sell-my-images' ),
			value: amount( job.amount_cost, currency ),
		},
		{
			label: __( 'Margin', 'sell-my-images' ),
			value: amount( job.margin, currency ),
		},
	];
}

export function MoneyPart( { job }: { job: JobDetail } ) {
	return (
		<Section title={ __( 'Money', 'sell-my-images' ) }>
			<Facts facts={ facts( job ) } />
			{ ! job.livemode && <p className="smi-quiet">{ __( 'Test mode: no real money.', 'sell-my-images' ) }</p> }
			{ job.stripe_url && (
				<ExternalLink href={ job.stripe_url }>
					{ __( 'See the payment at Stripe', 'sell-my-images' ) }
				</ExternalLink>
			) }
		</Section>
	);
}
