import { WithChunk } from '../dialogs/with-chunk';
import type { ReconcileProps } from './types';

const load = () => import( /* webpackChunkName: "reconcile" */ './dialog' );

/** Compares the payments with Stripe. */
export function ReconcileDialog( props: ReconcileProps ) {
	return (
		<WithChunk load={ load } onClose={ props.onClose }>
			{ ( { Dialog } ) => <Dialog { ...props } /> }
		</WithChunk>
	);
}
