import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';

import { createKey } from '../../api/connection';
import { InlineError } from '../../shared/components/inline-error';
import { useSend } from '../use-send';
import type { Connection } from '../../api/contracts.generated';

/** Two may be valid at once, so that one can be exchanged without a pause. */
const MAX_KEYS = 2;

interface Props {
	connection: Connection;
	onCreated: ( connectionString: string ) => void;
}

export function Connect( { connection, onCreated }: Props ) {
	const { isBusy, error, send } = useSend();
	const isFirst = connection.keys.length === 0;
	if ( connection.keys.length >= MAX_KEYS ) {
		return (
			<p className="smi-quiet">
				{ __( 'Two keys are in use. Remove one before you make another.', 'sell-my-images' ) }
			</p>
		);
	}
	return (
		<div className="smi-connect">
			{ isFirst && (
				<p>{ __( 'No bridge is connected yet. Until one is, nothing can be sold.', 'sell-my-images' ) }</p>
			) }
			{ error && <InlineError>{ error.message }</InlineError> }
			<Button
				__next40pxDefaultSize
				variant={ isFirst ? 'primary' : 'secondary' }
				isBusy={ isBusy }
				disabled={ isBusy }
				accessibleWhenDisabled
				onClick={ () => void send( createKey, ( { connection_string: made } ) => onCreated( made ) ) }
			>
				{ isFirst ? __( 'Connect a bridge', 'sell-my-images' ) : __( 'Make a second key', 'sell-my-images' ) }
			</Button>
		</div>
	);
}
