import { dispatch, select } from '@wordpress/data';
import domReady from '@wordpress/dom-ready';
import { createRoot } from '@wordpress/element';

import { receiveFirstAnswers } from './first-answers';
import { JobsScreen } from './screen';
import { registerStore } from './store';
import { Boundary } from '../shared/components/boundary';
import { translateDataViews } from '../shared/translate-dataviews';
import './style.scss';

function mount(): boolean {
	const root = document.getElementById( 'smi-jobs-root' );
	if ( ! root ) {
		return false;
	}
	translateDataViews();
	registerStore();
	receiveFirstAnswers( { dispatch, select } );
	createRoot( root ).render(
		<Boundary>
			<JobsScreen />
		</Boundary>
	);
	return true;
}

// The script stands below its place, so it need not wait for what else the page loads. Where somebody moved it into the head, it does.
if ( ! mount() ) {
	domReady( mount );
}
