import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { useEffect, useState } from '@wordpress/element';

interface Props {
	text: string;
	label: string;
	variant?: 'primary' | 'secondary' | 'tertiary';
}

async function copy( text: string ): Promise< boolean > {
	try {
		await window.navigator.clipboard.writeText( text );
		return true;
	} catch {
		// No permission, or plain http: the text stays selectable on the screen.
		return false;
	}
}

export function CopyButton( { text, label, variant = 'secondary' }: Props ) {
	const [ state, setState ] = useState< 'idle' | 'copied' | 'failed' >( 'idle' );
	useEffect( () => {
		if ( state === 'idle' ) {
			return;
		}
		const timer = setTimeout( () => setState( 'idle' ), 4000 );
		return () => clearTimeout( timer );
	}, [ state ] );
	const words = {
		idle: label,
		copied: __( 'Copied', 'sell-my-images' ),
		failed: __( 'Select it and copy it by hand', 'sell-my-images' ),
	};
	return (
		<Button
			variant={ variant }
			size="compact"
			onClick={ async () => setState( ( await copy( text ) ) ? 'copied' : 'failed' ) }
		>
			<span aria-live="polite">{ words[ state ] }</span>
		</Button>
	);
}
