import { Button, Modal, ProgressBar, Spinner } from '@wordpress/components';
import { useEffect, useRef } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';

import { CancelBatch } from './cancel';
import { Results } from './results';
import { useBatch } from './use-batch';
import { progressWords } from './progress-words';
import { runningWords } from './running-words';
import { InlineError } from '../../shared/components/inline-error';
import { useOnline } from '../../shared/use-online';
import type { Batch } from '../../api/contracts.generated';

const POLL_MS = 1000;

interface Props {
	id: string;
	/** As the start answered it. */
	first: Batch | null;
	hrefOf: ( id: string ) => string;
	onEnded: () => void;
	onSelect: ( ids: string[] ) => void;
	onClose: () => void;
}

const endedOf = ( { total, left }: Batch ) => total - left;

/** Read out at each quarter only: a word each second would drown everything else. */
function quarterWords( batch: Batch ): string {
	if ( batch.state !== 'running' ) {
		return batch.message;
	}
	const quarter = Math.floor( ( 4 * endedOf( batch ) ) / Math.max( 1, batch.total ) );
	return quarter === 0
		? __( 'The work has begun. You can close this window; the work goes on.', 'sell-my-images' )
		: /* translators: %s: a percentage. */
			sprintf( __( '%s done.', 'sell-my-images' ), `${ quarter * 25 } %` );
}

function Running( { batch }: { batch: Batch } ) {
	const ended = endedOf( batch );
	return (
		<>
			<ProgressBar
				className="smi-batch__bar"
				value={ Math.round( ( 100 * ended ) / Math.max( 1, batch.total ) ) }
				aria-label={ runningWords( batch.action ) }
			/>
			<p>{ batch.message || progressWords( ended, batch.total ) }</p>
		</>
	);
}

/** How far it is, and then what became of each job. */
export function Progress( { id, first, hrefOf, onEnded, onSelect, onClose }: Props ) {
	const { batch, error, cancel, isCancelling } = useBatch( id, POLL_MS, first );
	const isOnline = useOnline();
	const isRunning = batch?.state === 'running';
	const isEnded = batch !== null && ! isRunning;
	const tell = useRef( onEnded );
	tell.current = onEnded;
	useEffect( () => {
		if ( isEnded ) {
			tell.current();
		}
	}, [ isEnded ] );
	return (
		<Modal
			title={ batch ? runningWords( batch.action ) : __( 'One moment', 'sell-my-images' ) }
			className="smi-dialog"
			size="medium"
			onRequestClose={ onClose }
		>
			<div className="smi-dialog__body">
				<div className="screen-reader-text" role="status">
					{ batch ? quarterWords( batch ) : '' }
				</div>
				{ ! batch && ! error && <Spinner /> }
				{ batch && isRunning && <Running batch={ batch } /> }
				{ batch && isEnded && (
					<>
						<p>
							<strong>{ batch.message }</strong>
						</p>
						<Results batch={ batch } hrefOf={ hrefOf } onSelect={ onSelect } />
					</>
				) }
				{ ! isOnline && isRunning && (
					<p>
						{ __( 'You are offline. The work goes on; the numbers come back with you.', 'sell-my-images' ) }
					</p>
				) }
				{ error && isOnline && (
					<InlineError>
						{ error.kind === 'unreachable' || error.kind === 'server'
							? __(
									'The site does not answer now. What it has taken on is kept and goes on; this window asks again.',
									'sell-my-images'
								)
							: error.message }
					</InlineError>
				) }
			</div>
			<div className="smi-dialog__foot">
				<div className="smi-dialog__buttons">
					{ batch && isRunning && (
						<CancelBatch batch={ batch } isBusy={ isCancelling } onCancel={ () => void cancel() } />
					) }
					<Button __next40pxDefaultSize variant={ isRunning ? 'secondary' : 'primary' } onClick={ onClose }>
						{ __( 'Close', 'sell-my-images' ) }
					</Button>
				</div>
			</div>
		</Modal>
	);
}
