import { Notice, RadioControl, TextControl, TextareaControl } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';

import { leftSentence, type Reason, type RefundForm } from './form';
import { formatMoney } from '../../../shared/money';
import type { JobDetail } from '../../../api/contracts.generated';

interface Props {
	form: RefundForm;
	job: JobDetail;
	onChange: ( change: Partial< RefundForm > ) => void;
}

export function AmountFields( { form, job, onChange }: Props ) {
	return (
		<>
			<RadioControl
				label={ __( 'How much', 'sell-my-images' ) }
				selected={ form.howMuch }
				options={ [
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
					},
				] }
				onChange={ ( howMuch ) => onChange( { howMuch: howMuch === 'part' ? 'part' : 'all' } ) }
			/>
			{ form.howMuch === 'part' && (
				<TextControl
					__next40pxDefaultSize
					__nextHasNoMarginBottom
					label={ sprintf(
						/* translators: %s: a currency, for example USD. */
						__( 'Amount in %s', 'sell-my-images' ),
						job.currency
					) }
					help={ leftSentence( job ) }
					inputMode="decimal"
					dir="ltr"
					required
					value={ form.amount }
					onChange={ ( amount ) => onChange( { amount } ) }
				/>
			) }
		</>
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
			<TextareaControl
				__nextHasNoMarginBottom
				label={ __( 'Note', 'sell-my-images' ) }
				help={ __( 'Kept in this job’s log. The customer does not see it.', 'sell-my-images' ) }
				rows={ 2 }
				maxLength={ 1000 }
				value={ form.note }
				onChange={ ( note ) => onChange( { note } ) }
			/>
		</>
	);
}
