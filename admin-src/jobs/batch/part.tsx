import { BatchHost } from './index';
import { focusSelectAllIfLost } from '../selection/focus';
import type { useBatches } from './use-batches';

interface Props {
	batches: ReturnType< typeof useBatches >;
	hrefOf: ( id: string ) => string;
}

/** The bulk dialog while it is open. */
export function BatchPart( { batches, hrefOf }: Props ) {
	const { task, started, ended, select, close } = batches;
	const onClose = () => {
		close();
		// The bar with the button that opened it may be gone.
		setTimeout( () => focusSelectAllIfLost() );
	};
	return (
		task && (
			<BatchHost
				task={ task }
				hrefOf={ hrefOf }
				onStarted={ started }
				onEnded={ ended }
				onSelect={ select }
				onClose={ onClose }
			/>
		)
	);
}
