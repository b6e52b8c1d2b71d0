import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import { chevronDown, chevronUp, closeSmall } from '@wordpress/icons';

import type { Neighbours } from './use-neighbours';

interface Props {
	neighbours: Neighbours;
	total: number;
	onClose: () => void;
}

export function PanelHeader( { neighbours, total, onClose }: Props ) {
	const { position, step, canStep } = neighbours;
	return (
		<div className="smi-panel__head">
			<bdi>
				{ position !== null &&
					sprintf(
						/* translators: 1: place in the list, 2: length of the list. */
						__( '%1$s of %2$s', 'sell-my-images' ),
						position.toLocaleString(),
						total.toLocaleString()
					) }
			</bdi>
			<Button
				size="compact"
				icon={ chevronUp }
				label={ __( 'Previous job', 'sell-my-images' ) }
				disabled={ ! canStep( -1 ) }
				accessibleWhenDisabled
				onClick={ () => step( -1 ) }
			/>
			<Button
				size="compact"
				icon={ chevronDown }
				label={ __( 'Next job', 'sell-my-images' ) }
				disabled={ ! canStep( 1 ) }
				accessibleWhenDisabled
				onClick={ () => step( 1 ) }
			/>
			<Button size="compact" icon={ closeSmall } label={ __( 'Close', 'sell-my-images' ) } onClick={ onClose } />
		</div>
	);
}
