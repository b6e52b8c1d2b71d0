import { __ } from '@wordpress/i18n';

import type { JobActionDefinition } from './types';

export const statusAction = (): JobActionDefinition => ( {
	id: 'status',
	label: __( 'Set status…', 'sell-my-images' ),
	capability: 'manage',
} );
