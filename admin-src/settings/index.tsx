import domReady from '@wordpress/dom-ready';
import { createRoot } from '@wordpress/element';

import { SettingsScreen } from './screen';
import './style.scss';

domReady( () => {
	const root = document.getElementById( 'smi-settings-root' );
	if ( root ) {
		createRoot( root ).render( <SettingsScreen /> );
	}
} );
