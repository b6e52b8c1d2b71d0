import domReady from '@wordpress/dom-ready';
import { createRoot } from '@wordpress/element';

import { JobsScreen } from './screen';
import { registerStore } from './store';
import { translateDataViews } from '../shared/translate-dataviews';
import './style.scss';

domReady( () => {
	const root = document.getElementById( 'smi-jobs-root' );
	if ( root ) {
		translateDataViews();
		registerStore();
		createRoot( root ).render( <JobsScreen /> );
	}
} );
