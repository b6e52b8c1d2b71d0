import { SelectControl } from '@wordpress/components';
import { __ } from '@wordpress/i18n';

import type { ReportStep } from '../view/types';
import type { Slice, Slices } from './slices';

interface Props {
	slices: Slices;
	onSlice: ( change: Partial< Slice > ) => void;
	step: ReportStep;
	steps: readonly ReportStep[];
	onStep: ( step: ReportStep ) => void;
}

const stepWords = (): Record< ReportStep, string > => ( {
	day: __( 'Per day', 'sell-my-images' ),
	week: __( 'Per week', 'sell-my-images' ),
	month: __( 'Per month', 'sell-my-images' ),
} );

const PLAIN = { __next40pxDefaultSize: true, __nextHasNoMarginBottom: true, hideLabelFromVision: true } as const;

/** What of the report is shown; a switch only where there is something to choose. */
export function Switches( { slices, onSlice, step, steps, onStep }: Props ) {
	const { shown, currencies, hasBothModes } = slices;
	return (
		<div className="smi-report__switches">
			{ hasBothModes && (
				<SelectControl
					{ ...PLAIN }
					label={ __( 'Sales', 'sell-my-images' ) }
					value={ shown.isLive ? 'live' : 'test' }
					options={ [
						{ value: 'live', label: __( 'Real sales', 'sell-my-images' ) },
						{ value: 'test', label: __( 'Test sales', 'sell-my-images' ) },
					] }
					onChange={ ( mode ) => onSlice( { isLive: mode === 'live' } ) }
				/>
			) }
			{ currencies.length > 1 && (
				<SelectControl
					{ ...PLAIN }
					label={ __( 'Currency', 'sell-my-images' ) }
					value={ shown.currency }
					options={ currencies.map( ( code ) => ( { value: code, label: code } ) ) }
					onChange={ ( currency ) => onSlice( { currency } ) }
				/>
			) }
			<SelectControl
				{ ...PLAIN }
				label={ __( 'Bars', 'sell-my-images' ) }
				value={ step }
				options={ steps.map( ( value ) => ( { value, label: stepWords()[ value ] } ) ) }
				onChange={ ( value ) => onStep( value as ReportStep ) }
			/>
		</div>
	);
}
