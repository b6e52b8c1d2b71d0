import { Button, Modal, Spinner } from '@wordpress/components';
import { useCallback, useEffect, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { ReactNode } from 'react';

import { InlineError } from '../../shared/components/inline-error';

interface Props< T > {
	/** An `import()`; must not change between renders. */
	load: () => Promise< T >;
	onClose: () => void;
	children: ( chunk: T ) => ReactNode;
}

/**
 * A part of the screen that is loaded when it is needed. Not `React.lazy`: that
 * remembers a failure for ever, and a lost connection is no reason to reload.
 *
 * @param props
 * @param props.load     Loads it.
 * @param props.onClose  When the owner gives up.
 * @param props.children Gets it.
 */
export function WithChunk< T >( { load, onClose, children }: Props< T > ) {
	const [ chunk, setChunk ] = useState< { is: T } | null >( null );
	const [ hasFailed, setFailed ] = useState( false );
	const fetch = useCallback( () => {
		setFailed( false );
		load().then(
			( is ) => setChunk( { is } ),
			() => setFailed( true )
		);
	}, [ load ] );
	useEffect( fetch, [ fetch ] );
	if ( chunk ) {
		return <>{ children( chunk.is ) }</>;
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
