import { Notice, RadioControl } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';

import { leftSentence, type Reason, type RefundForm } from './form';
import { HowMuch, type Share } from './how-much';
import { LogText } from '../log-text';
import { formatMoney } from '../../../shared/money';
import type { JobDetail } from '../../../api/contracts.generated';

interface Props {
	form: RefundForm;
	job: JobDetail;
	/** The amount that was typed cannot be refunded. */
	isWrong: boolean;
	onChange: ( change: Partial< RefundForm > ) => void;
}

export function AmountFields( { form, job, isWrong, onChange }: Props ) {
	const shares: Share< RefundForm[ 'howMuch' ] >[] = [
		{
			value: 'all',
			label: sprintf(
				/* translators: %s: an amount of money. */
				__( 'All of it (%s)', 'sell-my-images' ),
				formatMoney( job.refundable_amount, job.currency )
			),
		},
		{
			value: 'part',
			label: __( 'Part of it', 'sell-my-images' ),
			field: {
				label: sprintf(
					/* translators: %s: a currency, for example USD. */
					__( 'Amount in %s', 'sell-my-images' ),
					job.currency
				),
				help: leftSentence( job ),
				value: form.amount,
				onChange: ( amount ) => onChange( { amount } ),
			},
		},
	];
	return (
		<HowMuch
			shares={ shares }
			chosen={ form.howMuch }
			isWrong={ isWrong }
			onChoose={ ( howMuch ) => onChange( { howMuch } ) }
		/>
	);
}

const reasons = (): { value: Reason; label: string }[] => [
	{
		value: 'requested_by_customer',
		label: __( 'The customer asked', 'sell-my-images' ),
	},
	{ value: 'duplicate', label: __( 'Paid twice', 'sell-my-images' ) },
	{ value: 'fraudulent', label: __( 'Fraud', 'sell-my-images' ) },
];

type Why = Pick< RefundForm, 'reason' | 'note' >;

interface ReasonProps {
	form: Why;
	onChange: ( change: Partial< Why > ) => void;
}

export function ReasonFields( { form, onChange }: ReasonProps ) {
	return (
		<>
			<RadioControl
				label={ __( 'Reason', 'sell-my-images' ) }
				help={ __( 'Stripe stores this with the refund.', 'sell-my-images' ) }
				selected={ form.reason }
				options={ reasons() }
				onChange={ ( reason ) => onChange( { reason: reason as Reason } ) }
			/>
			{ form.reason === 'fraudulent' && (
				<Notice status="warning" isDismissible={ false }>
					{ __(
						'Stripe will block this card and this e-mail address: the customer cannot buy from you again.',
						'sell-my-images'
					) }
				</Notice>
			) }
			<LogText
				label={ __( 'Note', 'sell-my-images' ) }
				help={ __( 'Kept in this job’s log. The customer does not see it.', 'sell-my-images' ) }
				maxLength={ 1000 }
				value={ form.note }
				onChange={ ( note ) => onChange( { note } ) }
			/>
		</>
	);
}
