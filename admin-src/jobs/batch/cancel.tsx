import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';

import type { Batch } from '../../api/contracts.generated';

interface Props {
	batch: Batch;
	isBusy: boolean;
	onCancel: () => void;
}

function question( { done, failed, left }: Batch ): string {
	return sprintf(
		/* translators: 1: jobs done, 2: jobs not done yet. */
		__( 'Stop here? What was done stays done (%1$s). The rest is left as it is (%2$s).', 'sell-my-images' ),
		( done + failed ).toLocaleString(),
		left.toLocaleString()
	);
}

/** Cancelling asks once: half a batch is rarely what was wanted. */
export function CancelBatch( { batch, isBusy, onCancel }: Props ) {
	const [ isAsking, setAsking ] = useState( false );
	if ( ! isAsking ) {
		return (
			<Button __next40pxDefaultSize variant="tertiary" isDestructive onClick={ () => setAsking( true ) }>
				{ __( 'Cancel what is left', 'sell-my-images' ) }
			</Button>
		);
	}
	return (
		<div className="smi-batch__cancel" role="group" aria-label={ __( 'Cancel what is left', 'sell-my-images' ) }>
			<p role="alert">{ question( batch ) }</p>
			{ /* eslint-disable-next-line jsx-a11y/no-autofocus -- the button that was pressed is gone; this is the safe one. */ }
			<Button __next40pxDefaultSize variant="secondary" autoFocus onClick={ () => setAsking( false ) }>
				{ __( 'Go on', 'sell-my-images' ) }
			</Button>
			<Button __next40pxDefaultSize variant="primary" isDestructive isBusy={ isBusy } onClick={ onCancel }>
				{ __( 'Stop', 'sell-my-images' ) }
			</Button>
		</div>
	);
}
