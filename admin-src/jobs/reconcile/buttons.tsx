import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';

import type { Reconciliation } from '../../api/contracts.generated';

interface Props {
	/** What is shown; null: the form. */
	run: Reconciliation | null | undefined;
	isBusy: boolean;
	canLook: boolean;
	onLook: () => void;
	onAgain: () => void;
	onPutRight: ( run: Reconciliation ) => void;
	onStop: ( run: Reconciliation ) => void;
	onClose: () => void;
}

/** Whether a real run would do something. */
const canPutRight = ( { state, dry_run: isDry, found, unclear }: Reconciliation ) =>
	state === 'done' && isDry && found + unclear > 0;

/** The one that changes something is offered only when it is known what differs. */
export function Buttons( { run, isBusy, canLook, onLook, onAgain, onPutRight, onStop, onClose }: Props ) {
	const usual = { __next40pxDefaultSize: true, disabled: isBusy, accessibleWhenDisabled: true } as const;
	return (
		<div className="smi-dialog__buttons">
			{ run?.state === 'running' && (
				<Button { ...usual } variant="tertiary" onClick={ () => onStop( run ) }>
					{ __( 'Stop', 'sell-my-images' ) }
				</Button>
			) }
			{ run && run.state !== 'running' && (
				<Button { ...usual } variant="tertiary" onClick={ onAgain }>
					{ __( 'Check again…', 'sell-my-images' ) }
				</Button>
			) }
			<Button __next40pxDefaultSize variant="secondary" onClick={ onClose }>
				{ run === null ? __( 'Cancel', 'sell-my-images' ) : __( 'Close', 'sell-my-images' ) }
			</Button>
			{ run && canPutRight( run ) && (
				<Button { ...usual } variant="primary" isBusy={ isBusy } onClick={ () => onPutRight( run ) }>
					{ __( 'Put right', 'sell-my-images' ) }
				</Button>
			) }
			{ run === null && (
				<Button
					{ ...usual }
					variant="primary"
					isBusy={ isBusy }
					disabled={ isBusy || ! canLook }
					onClick={ onLook }
				>
					{ __( 'Only look', 'sell-my-images' ) }
				</Button>
			) }
		</div>
	);
}
