import { Button, Notice } from '@wordpress/components';
import { __ } from '@wordpress/i18n';

import { chooseSafeMode, type SafeModeChoice } from '../../api/connection';
import { InlineError } from '../../shared/components/inline-error';
import { useSend } from '../use-send';
import type { Connection } from '../../api/contracts.generated';

interface Props {
	reason: Connection[ 'safe_mode' ][ 'reason' ];
	onChanged: () => void;
}

export function SafeMode( { reason, onChanged }: Props ) {
	const { isBusy, error, send } = useSend();
	const choose = ( choice: SafeModeChoice ) => void send( () => chooseSafeMode( choice ), onChanged );
	return (
		<Notice status="warning" isDismissible={ false }>
			<p>
				{ reason === 'environment'
					? __(
							'This site is not a production site, but its bridge uses live keys. Selling, e-mails and refunds are switched off here so that no real customer is touched.',
							'sell-my-images'
						)
					: __(
							'This site’s address is not the one it was connected with, so it may be a copy. Selling, e-mails and refunds are switched off here so that nothing happens twice.',
							'sell-my-images'
						) }
			</p>
			<div className="smi-ask">
				<Button
					variant="secondary"
					size="compact"
					disabled={ isBusy }
					accessibleWhenDisabled
					onClick={ () => choose( 'moved' ) }
				>
					{ __( 'The site has moved: go on here', 'sell-my-images' ) }
				</Button>
				<Button
					variant="secondary"
					size="compact"
					disabled={ isBusy }
					accessibleWhenDisabled
					onClick={ () => choose( 'copy' ) }
				>
					{ __( 'This is a copy: start afresh', 'sell-my-images' ) }
				</Button>
			</div>
			{ error && <InlineError>{ error.message }</InlineError> }
		</Notice>
	);
}
