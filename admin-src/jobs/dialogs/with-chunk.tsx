import { Button, Modal, Spinner } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { ReactNode } from 'react';

import { InlineError } from '../../shared/components/inline-error';
import { useChunk } from '../../shared/use-chunk';

interface Props< T > {
	/** An `import()`; must not change between renders. */
	load: () => Promise< T >;
	onClose: () => void;
	children: ( chunk: T ) => ReactNode;
}

/**
 * A window whose code is loaded when it is opened.
 *
 * @param props
 * @param props.load     Loads it.
 * @param props.onClose  When the owner gives up.
 * @param props.children Gets it.
 */
export function WithChunk< T >( { load, onClose, children }: Props< T > ) {
	const { chunk, hasFailed, fetch } = useChunk( load );
	if ( chunk ) {
		return <>{ children( chunk ) }</>;
	}
	return (
		<Modal title={ __( 'One moment', 'sell-my-images' ) } size="medium" onRequestClose={ onClose }>
			{ hasFailed ? (
				<InlineError>
					{ __( 'This window could not be loaded. Nothing was done.', 'sell-my-images' ) }{ ' ' }
					<Button variant="link" onClick={ fetch }>
						{ __( 'Try again', 'sell-my-images' ) }
					</Button>
				</InlineError>
			) : (
				<Spinner />
			) }
		</Modal>
	);
}
