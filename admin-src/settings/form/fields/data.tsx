import { ToggleControl } from '@wordpress/components';
import { __ } from '@wordpress/i18n';

import { Card } from '../../card';
import { NumberField } from '../number-field';
import type { FieldsProps } from '../types';

type DaysName = 'keep_abandoned_days' | 'keep_events_days' | 'keep_commands_days';

const labels = (): Record< DaysName, string > => ( {
	keep_abandoned_days: __( 'Days that abandoned checkouts are kept', 'sell-my-images' ),
	keep_events_days: __( 'Days that Stripe’s messages are kept on record', 'sell-my-images' ),
	keep_commands_days: __( 'Days that finished tasks are kept on record', 'sell-my-images' ),
} );

export function DataFields( { settings, errors, onChange }: FieldsProps ) {
	return (
		<Card
			title={ __( 'Data', 'sell-my-images' ) }
			intro={ __( 'Jobs with money in them are kept for ever.', 'sell-my-images' ) }
		>
			{ ( Object.entries( labels() ) as [ DaysName, string ][] ).map( ( [ name, label ] ) => (
				<NumberField
					key={ name }
					label={ label }
					value={ settings[ name ] }
					error={ errors[ name ] }
					onChange={ ( days ) => onChange( { [ name ]: days } ) }
				/>
			) ) }
			<ToggleControl
				__nextHasNoMarginBottom
				label={ __( 'Delete everything when the plugin is deleted', 'sell-my-images' ) }
				help={ __(
					'All jobs, refund records and finished images, with no way back. Leave this off to be able to install the plugin again.',
					'sell-my-images'
				) }
				checked={ settings.delete_data_on_uninstall }
				onChange={ ( isOn ) => onChange( { delete_data_on_uninstall: isOn } ) }
			/>
		</Card>
	);
}
