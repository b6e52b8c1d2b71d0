import { TextareaControl } from '@wordpress/components';

interface Props {
	label: string;
	help: string;
	/** Characters. */
	maxLength: number;
	value: string;
	onChange: ( value: string ) => void;
}

/** Two lines for the owner's own words, which go into the log. */
export function LogText( props: Props ) {
	return <TextareaControl __nextHasNoMarginBottom rows={ 2 } { ...props } />;
}
