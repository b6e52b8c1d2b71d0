import { __ } from '@wordpress/i18n';

import type { JobActionDefinition } from './types';

export const refundAction = (): JobActionDefinition => ( {
	id: 'refund',
	label: __( 'Refund…', 'sell-my-images' ),
	capability: 'refund',
} );
