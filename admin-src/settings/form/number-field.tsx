import { TextField } from './text-field';

interface Props {
	label: string;
	value: number;
	onChange: ( value: number ) => void;
	help?: string;
	error?: string | undefined;
}

/**
 * A whole number. Something else is kept as typed, for the server to refuse: a
 * field must not change under the fingers.
 *
 * @param props
 */
export function NumberField( { value, onChange, ...rest }: Props ) {
	return (
		<TextField
			{ ...rest }
			inputMode="numeric"
			value={ String( value ) }
			onChange={ ( typed ) => onChange( ( /^\d+$/.test( typed ) ? Number( typed ) : typed ) as number ) }
		/>
	);
}
