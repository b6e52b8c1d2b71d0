import { ToggleControl } from '@wordpress/components';
import { __ } from '@wordpress/i18n';

import { Card } from '../../card';
import type { FieldsProps } from '../types';

export function ButtonFields( { settings, onChange }: FieldsProps ) {
	return (
		<Card title={ __( 'Where buttons appear', 'sell-my-images' ) }>
			<ToggleControl
				__nextHasNoMarginBottom
				label={ __( 'Under every image in a post', 'sell-my-images' ) }
				help={ __( 'Otherwise only where you put the block.', 'sell-my-images' ) }
				checked={ settings.sell_all_images }
				onChange={ ( isOn ) => onChange( { sell_all_images: isOn } ) }
			/>
			<ToggleControl
				__nextHasNoMarginBottom
				label={ __( 'Under featured images', 'sell-my-images' ) }
				checked={ settings.sell_featured_images }
				onChange={ ( isOn ) => onChange( { sell_featured_images: isOn } ) }
			/>
		</Card>
	);
}
