import { WithChunk } from '../dialogs/with-chunk';
import type { BatchDialogProps } from './dialog';

/** Also called ahead, as soon as something is selected, so that the dialog opens at once. */
export const loadBatchDialog = () => import( /* webpackChunkName: "batch" */ './dialog' );

export function BatchHost( props: BatchDialogProps ) {
	return (
		<WithChunk load={ loadBatchDialog } onClose={ props.onClose }>
			{ ( { BatchDialog } ) => <BatchDialog { ...props } /> }
		</WithChunk>
	);
}
