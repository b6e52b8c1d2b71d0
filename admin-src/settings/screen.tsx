import { __ } from '@wordpress/i18n';

import { ConnectionCard } from './connection';
import { SettingsCards } from './form';
import { Snackbars } from '../shared/components/snackbars';

export function SettingsScreen() {
	return (
		<div className="wrap smi-settings">
			<h1>{ __( 'Sell My Images: settings', 'sell-my-images' ) }</h1>
			<ConnectionCard />
			<SettingsCards />
			<div className="smi-snackbars">
				<Snackbars />
			</div>
		</div>
	);
}
