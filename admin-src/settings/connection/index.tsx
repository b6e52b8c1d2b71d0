import { Spinner } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';

import { Connect } from './connect';
import { ConnectionString } from './connection-string';
import { Health } from './health';
import { Keys } from './keys';
import { Problems } from './problems';
import { SafeMode } from './safe-mode';
import { StripeAccount } from './stripe-account';
import { usePoll } from './use-poll';
import { fetchConnection } from '../../api/connection';
import { Card } from '../card';
import { LoadFailed } from '../load-failed';
import { useResource } from '../use-resource';
import type { Connection } from '../../api/contracts.generated';

interface Props {
	connection: Connection;
	onChanged: () => void;
}

function Connected( { connection, onChanged }: Props ) {
	// Lives here only: it is shown once and kept nowhere.
	const [ secret, setSecret ] = useState< string | null >( null );
	const onCreated = ( made: string ) => {
		setSecret( made );
		onChanged();
	};
	return (
		<>
			<Problems problems={ connection.problems.filter( ( { code } ) => code !== 'stripe_account_changed' ) } />
			{ connection.safe_mode.on && <SafeMode reason={ connection.safe_mode.reason } onChanged={ onChanged } /> }
			{ connection.stripe_account_question && (
				<StripeAccount question={ connection.stripe_account_question } onChanged={ onChanged } />
			) }
			{ connection.paired && <Health connection={ connection } /> }
			{ secret ? (
				<ConnectionString text={ secret } onDone={ () => setSecret( null ) } />
			) : (
				<Connect connection={ connection } onCreated={ onCreated } />
			) }
			<Keys keys={ connection.keys } onChanged={ onChanged } />
		</>
	);
}

export function ConnectionCard() {
	const { resource, load } = useResource( fetchConnection );
	const { value, error } = resource;
	const reload = () => void load();
	usePoll( reload );
	return (
		<Card
			title={ __( 'Connection', 'sell-my-images' ) }
			intro={ __(
				'The bridge is a small service that you run. It alone holds your Stripe and Upsampler keys, and does for this site what needs them.',
				'sell-my-images'
			) }
		>
			{ error && <LoadFailed error={ error } onRetry={ reload } /> }
			{ value && <Connected connection={ value } onChanged={ reload } /> }
			{ ! value && ! error && <Spinner /> }
		</Card>
	);
}
