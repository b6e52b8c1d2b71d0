import { Button, ProgressBar } from '@wordpress/components';
import { useEffect, useRef } from '@wordpress/element';
import { __ } from '@wordpress/i18n';

import { progressWords } from './progress-words';
import { runningWords } from './running-words';
import { useBatch } from './use-batch';
import type { RunningBatch } from './running';

const POLL_MS = 4000;

interface Props {
	running: RunningBatch;
	onShow: () => void;
	onEnded: () => void;
}

/** A batch that goes on while the owner does something else; also after a reload. */
export function BatchStrip( { running, onShow, onEnded }: Props ) {
	const { batch } = useBatch( running.id, POLL_MS );
	const { total, left } = batch ?? running;
	const isEnded = batch !== null && batch.state !== 'running';
	const tell = useRef( onEnded );
	tell.current = onEnded;
	useEffect( () => {
		if ( isEnded ) {
			tell.current();
		}
	}, [ isEnded ] );
	return (
		<section className="smi-batch-strip" aria-label={ runningWords( running.action ) }>
			<strong>{ runningWords( running.action ) }</strong>
			<ProgressBar
				className="smi-batch__bar"
				value={ Math.round( ( 100 * ( total - left ) ) / Math.max( 1, total ) ) }
				aria-label={ runningWords( running.action ) }
			/>
			<span>{ progressWords( total - left, total ) }</span>
			<Button variant="link" onClick={ onShow }>
				{ __( 'Show', 'sell-my-images' ) }
			</Button>
		</section>
	);
}
