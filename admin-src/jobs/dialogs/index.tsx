import { Modal, Spinner } from '@wordpress/components';
import { useDispatch, useSelect } from '@wordpress/data';
import { __ } from '@wordpress/i18n';

import { WithChunk } from './with-chunk';
import { InlineError } from '../../shared/components/inline-error';
import { useFreshDetail } from '../hooks/use-fresh-detail';
import { store } from '../store';
import type { OpenDialog } from '../actions/use-perform';

const load = () => import( /* webpackChunkName: "dialogs" */ './all' );

interface Props {
	dialog: OpenDialog;
	onClose: () => void;
}

/** The open dialog, with the whole job: what can be refunded is in the details. */
export function DialogHost( { dialog, onClose }: Props ) {
	const { action, jobId, attempt } = dialog;
	const { job, etag, error } = useSelect( ( select ) => select( store ).getDetail( jobId ), [ jobId ] );
	// Opened from a row, the details may be hours old.
	useFreshDetail( jobId );
	const { loadDetail } = useDispatch( store );
	if ( ! job ) {
		return (
			<Modal title={ __( 'One moment', 'sell-my-images' ) } size="medium" onRequestClose={ onClose }>
				{ error ? <InlineError>{ error.message }</InlineError> : <Spinner /> }
			</Modal>
		);
	}
	return (
		<WithChunk load={ load } onClose={ onClose }>
			{ ( { DIALOGS } ) => {
				const Dialog = DIALOGS[ action ];
				return (
					Dialog && (
						<Dialog
							job={ job }
							etag={ etag ?? `"${ job.version }"` }
							{ ...( attempt ? { attempt } : {} ) }
							onClose={ onClose }
							onReload={ () => void loadDetail( jobId ) }
						/>
					)
				);
			} }
		</WithChunk>
	);
}
