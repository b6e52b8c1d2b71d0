import { SelectControl } from '@wordpress/components';
import { __ } from '@wordpress/i18n';

import { Card } from '../../card';
import { NumberField } from '../number-field';
import type { Settings } from '../../../api/contracts.generated';
import type { FieldsProps } from '../types';

type InputType = Settings[ 'input_type' ];

const labels = (): Record< InputType, string > => ( {
	realism: __( 'Photographs', 'sell-my-images' ),
	anime: __( 'Drawings and illustrations', 'sell-my-images' ),
	universal: __( 'Both', 'sell-my-images' ),
} );

export function UpscalerFields( { settings, errors, onChange }: FieldsProps ) {
	return (
		<Card title={ __( 'Upscaler', 'sell-my-images' ) }>
			<SelectControl
				__next40pxDefaultSize
				__nextHasNoMarginBottom
				label={ __( 'What your images are', 'sell-my-images' ) }
				value={ settings.input_type }
				options={ Object.entries( labels() ).map( ( [ value, label ] ) => ( {
					value,
					label,
				} ) ) }
				onChange={ ( value ) => onChange( { input_type: value as InputType } ) }
			/>
			<NumberField
				label={ __( 'Hours that paid jobs wait when the upscaler refuses your account', 'sell-my-images' ) }
				help={ __( 'After that they fail and the customers are paid back.', 'sell-my-images' ) }
				value={ settings.upscaler_block_hours }
				error={ errors.upscaler_block_hours }
				onChange={ ( hours ) => onChange( { upscaler_block_hours: hours } ) }
			/>
		</Card>
	);
}
