import { SelectControl } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';

import { Card } from '../../card';
import { currencyOptions } from '../currencies';
import { priceError, type Resolution } from '../price-errors';
import { TextField } from '../text-field';
import type { Settings } from '../../../api/contracts.generated';
import type { FieldsProps } from '../types';

function labelFor( resolution: Resolution, currency: string ): string {
	return resolution === '4x'
		? sprintf(
				/* translators: %s: a currency, for example USD. */
				__( 'Price of 4 times the size, in %s', 'sell-my-images' ),
				currency
			)
		: sprintf(
				/* translators: %s: a currency, for example USD. */
				__( 'Price of 8 times the size, in %s', 'sell-my-images' ),
				currency
			);
}

export function PriceFields( { settings, errors, onChange }: FieldsProps ) {
	const { currency, prices } = settings;
	return (
		<Card title={ __( 'Prices', 'sell-my-images' ) }>
			<SelectControl
				__next40pxDefaultSize
				__nextHasNoMarginBottom
				label={ __( 'Currency', 'sell-my-images' ) }
				help={
					errors.currency ?? __( 'Jobs that exist keep the currency they were bought in.', 'sell-my-images' )
				}
				value={ currency }
				options={ currencyOptions( currency ) }
				onChange={ ( value ) => onChange( { currency: value as Settings[ 'currency' ] } ) }
			/>
			{ ( [ '4x', '8x' ] as const ).map( ( resolution ) => (
				<TextField
					key={ resolution }
					label={ labelFor( resolution, currency ) }
					help={ __( 'Empty: not for sale.', 'sell-my-images' ) }
					inputMode="decimal"
					value={ prices[ resolution ] ?? '' }
					error={ priceError( errors.prices, resolution ) }
					onChange={ ( typed ) =>
						onChange( {
							prices: {
								...prices,
								[ resolution ]: typed.trim().replace( ',', '.' ) || null,
							},
						} )
					}
				/>
			) ) }
			<TextField
				label={ sprintf(
					/* translators: %s: a currency, for example USD. */
					__( 'What one upscaler credit costs you, in %s', 'sell-my-images' ),
					currency
				) }
				help={ __( 'Used for the margin of each job.', 'sell-my-images' ) }
				inputMode="decimal"
				value={ settings.credit_price }
				error={ errors.credit_price }
				onChange={ ( typed ) => onChange( { credit_price: typed.trim().replace( ',', '.' ) } ) }
			/>
		</Card>
	);
}
