import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';

import { revokeKey } from '../../api/connection';
import { InlineError } from '../../shared/components/inline-error';
import { TimeAgo } from '../../shared/components/time-ago';
import { useSend } from '../use-send';
import type { Connection } from '../../api/contracts.generated';

type Key = Connection[ 'keys' ][ number ];

interface ItemProps {
	item: Key;
	onChanged: () => void;
}

function Item( { item, onChanged }: ItemProps ) {
	const [ isAsking, setAsking ] = useState( false );
	const { isBusy, error, send } = useSend();
	return (
		<li>
			<bdi className="smi-id">{ item.id }</bdi> { item.label }
			<div className="smi-quiet">
				{ __( 'Made', 'sell-my-images' ) } <TimeAgo iso={ item.created_at } /> ·{ ' ' }
				{ item.last_used_at ? (
					<>
						{ __( 'used', 'sell-my-images' ) } <TimeAgo iso={ item.last_used_at } />
					</>
				) : (
					__( 'never used', 'sell-my-images' )
				) }
			</div>
			{ isAsking ? (
				<div className="smi-ask">
					<span>
						{ __(
							'A bridge that uses this key stops at once. Nothing is lost; paid jobs wait.',
							'sell-my-images'
						) }
					</span>
					<Button
						size="compact"
						variant="primary"
						isDestructive
						isBusy={ isBusy }
						onClick={ () => void send( () => revokeKey( item.id ), onChanged ) }
					>
						{ __( 'Remove key', 'sell-my-images' ) }
					</Button>
					<Button size="compact" variant="tertiary" onClick={ () => setAsking( false ) }>
						{ __( 'Keep it', 'sell-my-images' ) }
					</Button>
				</div>
			) : (
				<Button
					size="compact"
					variant="link"
					isDestructive
					aria-label={ sprintf(
						/* translators: %s: a key's id. */
						__( 'Remove key %s…', 'sell-my-images' ),
						item.id
					) }
					onClick={ () => setAsking( true ) }
				>
					{ __( 'Remove…', 'sell-my-images' ) }
				</Button>
			) }
			{ error && <InlineError>{ error.message }</InlineError> }
		</li>
	);
}

interface Props {
	keys: Key[];
	onChanged: () => void;
}

export function Keys( { keys, onChanged }: Props ) {
	return keys.length ? (
		<>
			<h3>{ __( 'Keys', 'sell-my-images' ) }</h3>
			<ul className="smi-keys">
				{ keys.map( ( item ) => (
					<Item key={ item.id } item={ item } onChanged={ onChanged } />
				) ) }
			</ul>
		</>
	) : null;
}
