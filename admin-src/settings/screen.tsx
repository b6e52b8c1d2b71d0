import { __ } from '@wordpress/i18n';

import { ConnectionCard } from './connection';
import { SettingsCards } from './form';
import { Boundary } from '../shared/components/boundary';
import { Snackbars } from '../shared/components/snackbars';

export function SettingsScreen() {
	return (
		<div className="wrap smi-settings">
			<h1>{ __( 'Sell My Images: settings', 'sell-my-images' ) }</h1>
			<Boundary>
				<ConnectionCard />
			</Boundary>
			<Boundary>
				<SettingsCards />
			</Boundary>
			<div className="smi-snackbars">
				<Snackbars />
			</div>
		</div>
	);
}
