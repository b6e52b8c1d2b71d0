import { CheckboxControl, RadioControl, TextControl, TextareaControl } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { ReactNode } from 'react';

import { guardLabels } from '../dialogs/retry/guards';
import { ReasonFields } from '../dialogs/refund/fields';
import { statusWords } from '../words/status';
import type { ActionId } from '../actions/types';
import type { BatchForm } from './form';

interface Props {
	form: BatchForm;
	onChange: ( change: Partial< BatchForm > ) => void;
}

function PartFields( { form, onChange }: Props ) {
	const isPercent = form.howMuch === 'percent';
	return (
		<TextControl
			__next40pxDefaultSize
			__nextHasNoMarginBottom
			label={
				isPercent
					? __( 'Percent of what each customer paid', 'sell-my-images' )
					: __( 'Amount for each job', 'sell-my-images' )
			}
			help={
				isPercent
					? __( 'Rounded down; never more than is left.', 'sell-my-images' )
					: __( 'In each job’s own currency. Jobs with less left are skipped.', 'sell-my-images' )
			}
			inputMode={ isPercent ? 'numeric' : 'decimal' }
			dir="ltr"
			required
			value={ isPercent ? form.percent : form.amount }
			onChange={ ( value ) => onChange( isPercent ? { percent: value } : { amount: value } ) }
		/>
	);
}

function RefundFields( { form, onChange }: Props ) {
	return (
		<>
			<RadioControl
				label={ __( 'How much', 'sell-my-images' ) }
				selected={ form.howMuch }
				options={ [
					{ value: 'all', label: __( 'All that is left of each payment', 'sell-my-images' ) },
					{ value: 'percent', label: __( 'A percentage of each payment', 'sell-my-images' ) },
					{ value: 'amount', label: __( 'The same amount for each job', 'sell-my-images' ) },
				] }
				onChange={ ( howMuch ) => onChange( { howMuch: howMuch as BatchForm[ 'howMuch' ] } ) }
			/>
			{ form.howMuch !== 'all' && <PartFields form={ form } onChange={ onChange } /> }
			<ReasonFields form={ form } onChange={ onChange } />
		</>
	);
}

function RetryFields( { form, onChange }: Props ) {
	return (
		<>
			<CheckboxControl
				__nextHasNoMarginBottom
				label={ __( 'Also jobs that were refunded', 'sell-my-images' ) }
				help={ guardLabels().acknowledge_refunded }
				checked={ form.acknowledge_refunded }
				onChange={ ( isOn ) => onChange( { acknowledge_refunded: isOn } ) }
			/>
			<CheckboxControl
				__nextHasNoMarginBottom
				label={ __( 'Also images that are being made right now', 'sell-my-images' ) }
				help={ guardLabels().force }
				checked={ form.force }
				onChange={ ( force ) => onChange( { force } ) }
			/>
		</>
	);
}

function LinkFields( { form, onChange }: Props ) {
	return (
		<CheckboxControl
			__nextHasNoMarginBottom
			label={ __( 'Send each customer the new link', 'sell-my-images' ) }
			checked={ form.notify }
			onChange={ ( notify ) => onChange( { notify } ) }
		/>
	);
}

function StatusFields( { form, onChange }: Props ) {
	const statuses: BatchForm[ 'status' ][] = [ 'failed', 'completed', 'abandoned' ];
	return (
		<>
			<RadioControl
				label={ __( 'New status', 'sell-my-images' ) }
				selected={ form.status }
				options={ statuses.map( ( value ) => ( {
					value,
					label: statusWords()[ value ].label,
					description: statusWords()[ value ].sentence,
				} ) ) }
				onChange={ ( status ) => onChange( { status: status as BatchForm[ 'status' ] } ) }
			/>
			<TextareaControl
				__nextHasNoMarginBottom
				label={ __( 'Reason', 'sell-my-images' ) }
				help={ __( 'Kept in the log of each job.', 'sell-my-images' ) }
				rows={ 2 }
				maxLength={ 500 }
				value={ form.why }
				onChange={ ( why ) => onChange( { why } ) }
			/>
		</>
	);
}

const FIELDS: Record< ActionId, ( ( props: Props ) => ReactNode ) | null > = {
	refund: RefundFields,
	retry: RetryFields,
	download_token: LinkFields,
	status: StatusFields,
	email: null,
	refresh: null,
};

/** What the action asks, if anything. */
export function BatchFields( { action, ...props }: Props & { action: ActionId } ) {
	const Fields = FIELDS[ action ];
	return Fields && <Fields { ...props } />;
}
