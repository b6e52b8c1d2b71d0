import { ToggleControl } from '@wordpress/components';
import { __ } from '@wordpress/i18n';

import { Card } from '../../card';
import { NumberField } from '../number-field';
import { TextField } from '../text-field';
import type { FieldsProps } from '../types';

export function LinkFields( { settings, errors, onChange }: FieldsProps ) {
	return (
		<Card title={ __( 'Download links and e-mail', 'sell-my-images' ) }>
			<NumberField
				label={ __( 'Days a download link works', 'sell-my-images' ) }
				help={ __( '0: for ever. You can make a new link for any job.', 'sell-my-images' ) }
				value={ settings.link_lifetime_days }
				error={ errors.link_lifetime_days }
				onChange={ ( days ) => onChange( { link_lifetime_days: days } ) }
			/>
			<ToggleControl
				__nextHasNoMarginBottom
				label={ __( 'Switch the link off after a full refund', 'sell-my-images' ) }
				checked={ settings.revoke_link_on_refund }
				onChange={ ( isOn ) => onChange( { revoke_link_on_refund: isOn } ) }
			/>
			<TextField
				label={ __( 'Sender’s name in e-mails', 'sell-my-images' ) }
				help={ __( 'Empty: the site’s name.', 'sell-my-images' ) }
				value={ settings.email_from_name }
				error={ errors.email_from_name }
				onChange={ ( name ) => onChange( { email_from_name: name } ) }
			/>
		</Card>
	);
}
