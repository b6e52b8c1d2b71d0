import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { check, copySmall } from '@wordpress/icons';

import { useCopy } from '../use-copy';

interface Props {
	text: string;
	/** Of the button, for example "Copy the job's number". */
	label: string;
}

/**
 * A number that people paste elsewhere, with a small button beside it.
 *
 * @param props
 * @param props.text  The number.
 * @param props.label Of the button.
 */
export function Copyable( { text, label }: Props ) {
	const [ state, copy ] = useCopy( text );
	const said = {
		idle: '',
		copied: __( 'Copied', 'sell-my-images' ),
		failed: __( 'Select it and copy it by hand', 'sell-my-images' ),
	};
	return (
		<span className="smi-copyable">
			<bdi className="smi-id">{ text }</bdi>
			<Button size="small" icon={ state === 'copied' ? check : copySmall } label={ label } onClick={ copy } />
			<span className={ state === 'failed' ? '' : 'screen-reader-text' } aria-live="polite">
				{ said[ state ] }
			</span>
		</span>
	);
}
