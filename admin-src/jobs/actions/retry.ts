import { __ } from '@wordpress/i18n';

import type { JobActionDefinition } from './types';

export const retryAction = (): JobActionDefinition => ( {
	id: 'retry',
	label: __( 'Make again', 'sell-my-images' ),
	capability: 'manage',
} );
