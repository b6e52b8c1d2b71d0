import { __, _n, sprintf } from '@wordpress/i18n';

import { formatMoney, fromMinor, isZero, toMinor } from '../../../shared/money';
import { disputeWords } from '../../words/dispute';
import { paymentWord } from '../../words/payment';
import type { Fact } from '../../../shared/components/facts';
import type { JobDetail, Refund } from '../../../api/contracts.generated';

const ON_ITS_WAY: readonly Refund[ 'status' ][] = [ 'requested', 'sending', 'pending', 'requires_action' ];

export function amount( value: string | null, currency: string, sign = '' ) {
	return <bdi>{ value === null ? '—' : sign + formatMoney( value, currency ) }</bdi>;
}

/** What leaves the till, with its sign; nothing has none. */
function less( value: string | null, currency: string ) {
	return amount( value, currency, isZero( value ) ? '' : '−' );
}

/** Asked for and not yet returned; null when nothing is. */
function onItsWay( { refunds, currency }: JobDetail ): string | null {
	const units = refunds
		.filter( ( { status } ) => ON_ITS_WAY.includes( status ) )
		.reduce( ( sum, refund ) => sum + ( toMinor( refund.amount, currency ) ?? 0 ), 0 );
	return units ? fromMinor( units, currency ) : null;
}

function creditWords( credits: number | null ): string {
	return credits
		? sprintf(
				/* translators: %s: a number of credits at the upscaler. */
				_n( '%s credit', '%s credits', credits, 'sell-my-images' ),
				credits.toLocaleString()
			)
		: '';
}

/** What images cost in other currencies: ISO code and amount. */
function otherCosts( { cost_other: costs }: JobDetail ): [ string, string ][] {
	return ( costs ?? '' )
		.split( ', ' )
		.filter( Boolean )
		.map( ( each ) => [ each.slice( 0, 3 ), each.slice( 4 ) ] );
}

function cost( job: JobDetail ) {
	const credits = creditWords( job.credits_used );
	return (
		<>
			{ less( job.amount_cost, job.currency ) }
			{ otherCosts( job ).map( ( [ currency, value ] ) => (
				<span key={ currency }> { less( value, currency ) }</span>
			) ) }
			{ credits && <span className="smi-quiet"> · { credits }</span> }
		</>
	);
}

const paymentOf = ( { is_payment_under_way: isUnderWay, payment_status: status }: JobDetail ): string =>
	isUnderWay ? __( 'On its way', 'sell-my-images' ) : paymentWord( status );

/** The rows before the sum; those about nothing are left out. */
export function moneyFacts( job: JobDetail ): Fact[] {
	const { currency } = job;
	const waiting = onItsWay( job );
	const dispute = job.dispute_status;
	return [
		{ label: __( 'Payment', 'sell-my-images' ), value: paymentOf( job ) },
		...( dispute
			? [ { label: __( 'Dispute', 'sell-my-images' ), value: disputeWords()[ dispute ] ?? dispute } ]
			: [] ),
		{
			label: job.paid_at === null ? __( 'Price', 'sell-my-images' ) : __( 'Charged', 'sell-my-images' ),
			value: amount( job.amount_charged, currency ),
		},
		...( job.paid_at === null
			? []
			: [
					{
						label: __( 'Refunded', 'sell-my-images' ),
						value: less( job.refund_amount ?? '0', currency ),
					},
					...( waiting
						? [ { label: __( 'On its way back', 'sell-my-images' ), value: amount( waiting, currency ) } ]
						: [] ),
					{
						label: __( 'Stripe fee', 'sell-my-images' ),
						value: job.fee_unknown ?? less( job.stripe_fee, currency ),
					},
					{ label: __( 'Upscaler', 'sell-my-images' ), value: cost( job ) },
				] ),
	];
}
