import { RadioControl, TextControl } from '@wordpress/components';
import { __ } from '@wordpress/i18n';

/** A number that a choice needs, to be typed. */
interface NumberField {
	label: string;
	help: string;
	isWhole?: boolean;
	/** As typed. */
	value: string;
	onChange: ( value: string ) => void;
}

export interface Share< T extends string > {
	value: T;
	label: string;
	field?: NumberField;
}

interface Props< T extends string > {
	shares: Share< T >[];
	chosen: T;
	/** The number that was typed cannot be used. */
	isWrong: boolean;
	onChoose: ( share: T ) => void;
}

/**
 * How much goes back: of one payment, or of each of many.
 *
 * @param props
 * @param props.shares   What there is to choose from.
 * @param props.chosen   One of them.
 * @param props.isWrong  Whether the number that was typed cannot be used.
 * @param props.onChoose Gets another.
 */
export function HowMuch< T extends string >( { shares, chosen, isWrong, onChoose }: Props< T > ) {
	const find = ( value: string ) => shares.find( ( share ) => share.value === value );
	const field = find( chosen )?.field;
	return (
		<>
			<RadioControl
				label={ __( 'How much', 'sell-my-images' ) }
				selected={ chosen }
				options={ shares.map( ( { value, label } ) => ( { value, label } ) ) }
				onChange={ ( value ) => onChoose( find( value )?.value ?? chosen ) }
			/>
			{ field && (
				<TextControl
					__next40pxDefaultSize
					__nextHasNoMarginBottom
					label={ field.label }
					help={ field.help }
					inputMode={ field.isWhole ? 'numeric' : 'decimal' }
					dir="ltr"
					required
					aria-invalid={ isWrong }
					value={ field.value }
					onChange={ field.onChange }
				/>
			) }
		</>
	);
}
