import { Button } from '@wordpress/components';
import { useEffect, useRef } from '@wordpress/element';
import { __ } from '@wordpress/i18n';

import { CopyButton } from '../../shared/components/copy-button';

/** The bridge's environment variable. */
const NAME = 'SMI_SITE=';

interface Props {
	text: string;
	onDone: () => void;
}

/** The one moment the secret can be read, and what to do with it. */
export function ConnectionString( { text, onDone }: Props ) {
	const box = useRef< HTMLDivElement >( null );
	useEffect( () => box.current?.focus(), [] );
	const line = text.startsWith( NAME ) ? text : NAME + text;
	return (
		<div
			className="smi-once"
			ref={ box }
			tabIndex={ -1 }
			role="group"
			aria-label={ __( 'Connection string', 'sell-my-images' ) }
		>
			<p>
				<strong>{ __( 'Copy this line now. It is shown only once.', 'sell-my-images' ) }</strong>
			</p>
			<p className="smi-secret" dir="ltr">
				{ line }
			</p>
			<CopyButton text={ line } label={ __( 'Copy', 'sell-my-images' ) } variant="primary" />
			<h3>{ __( 'Next', 'sell-my-images' ) }</h3>
			<ol>
				<li>
					{ __(
						'Put the line into the bridge’s environment, beside its Stripe and Upsampler keys.',
						'sell-my-images'
					) }
				</li>
				<li>
					{ __(
						'Run “smi-bridge check” there: it tests every connection and says how to mend what does not work.',
						'sell-my-images'
					) }
				</li>
				<li>{ __( 'Start the bridge. This page shows it within a few seconds.', 'sell-my-images' ) }</li>
			</ol>
			<Button variant="secondary" size="compact" onClick={ onDone }>
				{ __( 'I have copied it', 'sell-my-images' ) }
			</Button>
		</div>
	);
}
