import { TextControl } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';

import { getBoot } from '../../shared/boot';

interface Props {
	day: string;
	max: string;
	onChange: ( day: string ) => void;
}

/** From which day on. */
export function SinceField( { day, max, onChange }: Props ) {
	return (
		<>
			<p>
				{ __(
					'Compares the payments, refunds and disputes that Stripe has with those of this shop. Looking changes nothing; what differs can be put right afterwards.',
					'sell-my-images'
				) }
			</p>
			<TextControl
				__next40pxDefaultSize
				type="date"
				label={ __( 'Since', 'sell-my-images' ) }
				help={ sprintf(
					/* translators: %s: a time zone, for example Europe/Berlin. */
					__( 'A day in %s, at most two years ago.', 'sell-my-images' ),
					getBoot().timezone
				) }
				value={ day }
				max={ max }
				onChange={ onChange }
			/>
		</>
	);
}
