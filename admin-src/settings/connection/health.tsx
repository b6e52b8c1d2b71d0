import { __, _n, sprintf } from '@wordpress/i18n';

import { Facts, type Fact } from '../../shared/components/facts';
import { TimeAgo } from '../../shared/components/time-ago';
import type { Connection } from '../../api/contracts.generated';

function stateWords( { silent, last_seen: seen }: Connection ): string {
	if ( seen === null ) {
		return __( 'Waiting for the bridge to call', 'sell-my-images' );
	}
	return silent ? __( 'Silent: selling is paused', 'sell-my-images' ) : __( 'Connected', 'sell-my-images' );
}

function modeWords( livemode: boolean | null ): string {
	if ( livemode === null ) {
		return __( 'Not known yet', 'sell-my-images' );
	}
	return livemode ? __( 'Live: real money', 'sell-my-images' ) : __( 'Test mode: no real money', 'sell-my-images' );
}

function backlogWords( { open, overdue }: Connection[ 'backlog' ] ): string {
	/* translators: %d: a number of tasks. */
	const all = sprintf( _n( '%d open', '%d open', open, 'sell-my-images' ), open );
	return overdue
		? sprintf(
				/* translators: 1: "3 open", 2: a number of tasks. */
				__( '%1$s, %2$d waiting', 'sell-my-images' ),
				all,
				overdue
			)
		: all;
}

function facts( connection: Connection ): Fact[] {
	const { bridge, last_seen: seen, backlog } = connection;
	return [
		{ label: __( 'State', 'sell-my-images' ), value: stateWords( connection ) },
		{
			label: __( 'Last heard of', 'sell-my-images' ),
			value: seen ? <TimeAgo iso={ seen } /> : '—',
		},
		{
			label: __( 'Stripe', 'sell-my-images' ),
			value: modeWords( bridge.livemode ),
		},
		{
			label: __( 'Account', 'sell-my-images' ),
			value: <bdi>{ bridge.stripe_account ?? '—' }</bdi>,
		},
		{
			label: __( 'Address', 'sell-my-images' ),
			value: <bdi>{ bridge.url ?? __( 'None: the bridge calls this site', 'sell-my-images' ) }</bdi>,
		},
		{
			label: __( 'Version', 'sell-my-images' ),
			value: <bdi>{ bridge.version ?? '—' }</bdi>,
		},
		{
			label: __( 'Tasks', 'sell-my-images' ),
			value: backlogWords( backlog ),
		},
	];
}

export function Health( { connection }: { connection: Connection } ) {
	return <Facts facts={ facts( connection ) } />;
}
