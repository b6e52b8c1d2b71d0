import { CheckboxControl, RadioControl } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { ReactNode } from 'react';

import { LogText } from '../dialogs/log-text';
import { ReasonFields } from '../dialogs/refund/fields';
import { HowMuch, type Share } from '../dialogs/refund/how-much';
import { GUARDS, guardLabels, guardsOf, type Guard } from '../dialogs/retry/guards';
import { statusWords } from '../words/status';
import type { BatchPreview } from '../../api/contracts.generated';
import type { ActionId } from '../actions/types';
import type { BatchForm } from './form';

interface Props {
	form: BatchForm;
	/** The newest dry run; null before the first. */
	preview: BatchPreview | null;
	/** What was typed cannot be asked. */
	isWrong: boolean;
	onChange: ( change: Partial< BatchForm > ) => void;
}

function RefundFields( { form, isWrong, onChange }: Props ) {
	const shares: Share< BatchForm[ 'howMuch' ] >[] = [
		{ value: 'all', label: __( 'All that is left of each payment', 'sell-my-images' ) },
		{
			value: 'percent',
			label: __( 'A percentage of each payment', 'sell-my-images' ),
			field: {
				label: __( 'Percent of what each customer paid', 'sell-my-images' ),
				help: __( 'Rounded down; never more than is left.', 'sell-my-images' ),
				isWhole: true,
				value: form.percent,
				onChange: ( percent ) => onChange( { percent } ),
			},
		},
		{
			value: 'amount',
			label: __( 'The same amount for each job', 'sell-my-images' ),
			field: {
				label: __( 'Amount for each job', 'sell-my-images' ),
				help: __( 'In each job’s own currency. Jobs with less left are skipped.', 'sell-my-images' ),
				value: form.amount,
				onChange: ( amount ) => onChange( { amount } ),
			},
		},
	];
	return (
		<>
			<HowMuch
				shares={ shares }
				chosen={ form.howMuch }
				isWrong={ isWrong }
				onChoose={ ( howMuch ) => onChange( { howMuch } ) }
			/>
			<ReasonFields form={ form } onChange={ onChange } />
		</>
	);
}

const guardTitles = (): Record< Guard, string > => ( {
	acknowledge_refunded: __( 'Also jobs that were refunded', 'sell-my-images' ),
	force: __( 'Also images that are being made right now', 'sell-my-images' ),
} );

/** Asked only about jobs that there are; what is ticked stays, to be taken back. */
function RetryFields( { form, preview, onChange }: Props ) {
	const isAsked = ( guard: Guard ) => form[ guard ] || guardsOf( preview ).includes( guard );
	return (
		<>
			{ GUARDS.filter( isAsked ).map( ( guard ) => (
				<CheckboxControl
					key={ guard }
					__nextHasNoMarginBottom
					label={ guardTitles()[ guard ] }
					help={ guardLabels()[ guard ] }
					checked={ form[ guard ] }
					onChange={ ( isOn ) => onChange( { [ guard ]: isOn } ) }
				/>
			) ) }
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
			<LogText
				label={ __( 'Reason', 'sell-my-images' ) }
				help={ __( 'Kept in the log of each job.', 'sell-my-images' ) }
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
