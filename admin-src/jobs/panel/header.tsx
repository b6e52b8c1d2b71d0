import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import { chevronDown, chevronUp, closeSmall } from '@wordpress/icons';

import type { Neighbours } from './use-neighbours';

interface Props {
	neighbours: Neighbours;
	total: number;
	/** The open job, for those who cannot see that another one was opened. */
	title: string;
	onClose: () => void;
}

function placeWords( position: number, total: number, isTotalFloor: boolean ): string {
	if ( isTotalFloor ) {
		return sprintf(
			/* translators: 1: place in the list, 2: so many jobs were counted before counting stopped. */
			__( '%1$s of more than %2$s', 'sell-my-images' ),
			position.toLocaleString(),
			Math.max( position, total ).toLocaleString()
		);
	}
	return sprintf(
		/* translators: 1: place in the list, 2: length of the list. */
		__( '%1$s of %2$s', 'sell-my-images' ),
		position.toLocaleString(),
		total.toLocaleString()
	);
}

export function PanelHeader( { neighbours, total, title, onClose }: Props ) {
	const { position, isTotalFloor, step, canStep } = neighbours;
	return (
		<div className="smi-panel__head">
			<div className="smi-panel__place" aria-live="polite">
				<bdi>{ position !== null && placeWords( position, total, isTotalFloor ) }</bdi>
				<span className="screen-reader-text"> { title }</span>
			</div>
			<Button
				size="compact"
				icon={ chevronUp }
				label={ __( 'Previous job', 'sell-my-images' ) }
				shortcut={ { display: 'Alt ↑', ariaLabel: __( 'Alt and arrow up', 'sell-my-images' ) } }
				aria-keyshortcuts="Alt+ArrowUp"
				disabled={ ! canStep( -1 ) }
				accessibleWhenDisabled
				onClick={ () => step( -1 ) }
			/>
			<Button
				size="compact"
				icon={ chevronDown }
				label={ __( 'Next job', 'sell-my-images' ) }
				shortcut={ { display: 'Alt ↓', ariaLabel: __( 'Alt and arrow down', 'sell-my-images' ) } }
				aria-keyshortcuts="Alt+ArrowDown"
				disabled={ ! canStep( 1 ) }
				accessibleWhenDisabled
				onClick={ () => step( 1 ) }
			/>
			<Button size="compact" icon={ closeSmall } label={ __( 'Close', 'sell-my-images' ) } onClick={ onClose } />
		</div>
	);
}
