import { __ } from '@wordpress/i18n';

import { resendEmail } from '../../api/jobs';
import type { JobActionDefinition } from './types';

export const emailAction = (): JobActionDefinition => ( {
	id: 'email',
	label: __( 'Send e-mail again', 'sell-my-images' ),
	capability: 'manage',
	run: resendEmail,
} );
