import { __ } from '@wordpress/i18n';

import type { JobActionDefinition } from './types';

export const downloadLinkAction = (): JobActionDefinition => ( {
	id: 'download_token',
	label: __( 'New download link…', 'sell-my-images' ),
	capability: 'manage',
} );
