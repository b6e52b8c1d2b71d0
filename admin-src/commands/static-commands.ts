import { __ } from '@wordpress/i18n';
import { caution, gallery, search } from '@wordpress/icons';

import { go } from './go';
import type { Command } from './types';

/** The entries that are always there. */
export function staticCommands(): Command[] {
	return [
		{
			name: 'smi/jobs',
			label: __( 'Go to Jobs', 'sell-my-images' ),
			icon: gallery,
			category: 'view',
			callback: ( { close } ) => {
				close();
				go.to( {} );
			},
		},
		{
			name: 'smi/jobs-attention',
			label: __( 'Go to jobs that need attention', 'sell-my-images' ),
			icon: caution,
			category: 'view',
			callback: ( { close } ) => {
				close();
				go.to( { status: 'attention' } );
			},
		},
		{
			name: 'smi/find-job-help',
			label: __( 'Find a job… (type an e-mail address, a number or a title)', 'sell-my-images' ),
			icon: search,
			category: 'view',
			// Nothing typed yet: the Jobs screen has the search box.
			callback: ( { close } ) => {
				close();
				go.to( {} );
			},
		},
	];
}
