import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';

import { useCopy } from '../use-copy';

interface Props {
	text: string;
	label: string;
	variant?: 'primary' | 'secondary' | 'tertiary';
}

export function CopyButton( { text, label, variant = 'secondary' }: Props ) {
	const [ state, copy ] = useCopy( text );
	const words = {
		idle: label,
		copied: __( 'Copied', 'sell-my-images' ),
		failed: __( 'Select it and copy it by hand', 'sell-my-images' ),
	};
	return (
		<Button variant={ variant } size="compact" onClick={ copy }>
			<span aria-live="polite">{ words[ state ] }</span>
		</Button>
	);
}
