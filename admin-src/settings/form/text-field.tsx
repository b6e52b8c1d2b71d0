import { TextControl } from '@wordpress/components';
import { useId } from 'react';

import { errorWords } from './error-words';

interface Props {
	label: string;
	value: string;
	onChange: ( value: string ) => void;
	help?: string;
	error?: string | undefined;
	inputMode?: 'decimal' | 'numeric' | 'text';
}

/**
 * A text field that carries its own error. Numbers are text here as well: what was
 * typed is sent, and the server says what is wrong with it.
 *
 * @param props
 */
export function TextField( props: Props ) {
	const { label, value, onChange, help, error, inputMode = 'text' } = props;
	const errorId = useId();
	return (
		<div className={ error ? 'smi-field has-error' : 'smi-field' }>
			<TextControl
				__next40pxDefaultSize
				__nextHasNoMarginBottom
				label={ label }
				value={ value }
				onChange={ onChange }
				inputMode={ inputMode }
				{ ...( inputMode === 'text' ? {} : { dir: 'ltr' } ) }
				{ ...( help ? { help } : {} ) }
				{ ...( error ? { 'aria-invalid': true, 'aria-errormessage': errorId } : {} ) }
			/>
			{ error && (
				<p id={ errorId } className="smi-bad" aria-live="polite">
					{ errorWords( error ) }
				</p>
			) }
		</div>
	);
}
