import { Notice } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';

import { formatClock } from '../../shared/time';
import { useOnline } from '../../shared/use-online';

/**
 * @param props
 * @param props.at When the rows arrived, milliseconds; null: none did.
 */
export function OfflineNotice( { at }: { at: number | null } ) {
	if ( useOnline() ) {
		return null;
	}
	return (
		<Notice status="warning" isDismissible={ false }>
			{ at === null
				? __( 'You are offline.', 'sell-my-images' )
				: sprintf(
						/* translators: %s: a time of day. */
						__( 'You are offline. These jobs are from %s.', 'sell-my-images' ),
						formatClock( at )
					) }
		</Notice>
	);
}
