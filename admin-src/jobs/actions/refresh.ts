import { __ } from '@wordpress/i18n';

import { refreshJob } from '../../api/jobs';
import type { JobActionDefinition } from './types';

export const refreshAction = (): JobActionDefinition => ( {
	id: 'refresh',
	label: __( 'Check now', 'sell-my-images' ),
	capability: 'manage',
	run: refreshJob,
} );
