import { Button, Modal, Spinner } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';

import { Buttons } from './buttons';
import { dayAgo } from './days';
import { Result } from './result';
import { Running } from './running';
import { SinceField } from './since-field';
import { useReconciliation } from './use-reconciliation';
import { getBoot } from '../../shared/boot';
import { InlineError } from '../../shared/components/inline-error';
import { dayStart } from '../../shared/zone';
import type { Reconciliation } from '../../api/contracts.generated';
import type { ReconcileProps } from './types';

const USUAL_DAYS = 30;

/** Read out when it begins and when it ends, not with each number. */
function spoken( run: Reconciliation | null | undefined ): string {
	if ( ! run ) {
		return '';
	}
	return run.state === 'running' ? __( 'Stripe is being looked through.', 'sell-my-images' ) : run.message;
}

/** Asks since when, shows how far it is, and what it found; an earlier one that runs or ended comes first. */
export function Dialog( { hrefOf, onChanged, onClose }: ReconcileProps ) {
	const { timezone } = getBoot();
	const { run, error, isBusy, load, start, stop } = useReconciliation( onChanged );
	const [ isAsking, setAsking ] = useState( false );
	const [ day, setDay ] = useState( () => dayAgo( timezone, USUAL_DAYS ) );
	const isForm = run === null || ( isAsking && run?.state !== 'running' );
	const since = dayStart( day, timezone );
	const look = async () => {
		if ( since && ( await start( { dry_run: true, since } ) ) ) {
			setAsking( false );
		}
	};
	return (
		<Modal
			title={ __( 'Check payments with Stripe', 'sell-my-images' ) }
			className="smi-dialog smi-reconcile"
			size="medium"
			onRequestClose={ onClose }
		>
			<div className="smi-dialog__body">
				<div className="screen-reader-text" role="status">
					{ isForm ? '' : spoken( run ) }
				</div>
				{ run === undefined && ! error && <Spinner /> }
				{ isForm && <SinceField day={ day } max={ dayAgo( timezone, 0 ) } onChange={ setDay } /> }
				{ ! isForm && run?.state === 'running' && <Running run={ run } /> }
				{ ! isForm && run && run.state !== 'running' && <Result run={ run } hrefOf={ hrefOf } /> }
			</div>
			<div className="smi-dialog__foot">
				{ error && (
					<InlineError>
						{ error.params[ 'since' ] ?? error.message }{ ' ' }
						{ run === undefined && (
							<Button variant="link" onClick={ () => void load() }>
								{ __( 'Try again', 'sell-my-images' ) }
							</Button>
						) }
					</InlineError>
				) }
				<Buttons
					run={ isForm ? null : run }
					isBusy={ isBusy }
					canLook={ since !== null }
					onLook={ () => void look() }
					onAgain={ () => setAsking( true ) }
					onPutRight={ ( { since: from } ) => void start( { dry_run: false, since: from } ) }
					onStop={ ( { id } ) => void stop( id ) }
					onClose={ onClose }
				/>
			</div>
		</Modal>
	);
}
