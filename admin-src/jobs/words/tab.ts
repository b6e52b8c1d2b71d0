import { __ } from '@wordpress/i18n';

import { statusWords } from './status';
import type { Tab } from '../view/types';

export function tabLabel( tab: Tab ): string {
	if ( tab === 'all' ) {
		return __( 'All', 'sell-my-images' );
	}
	return tab === 'attention' ? __( 'Needs attention', 'sell-my-images' ) : statusWords()[ tab ].label;
}
