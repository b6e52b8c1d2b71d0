import { Modal, Spinner } from '@wordpress/components';
import { useDispatch, useSelect } from '@wordpress/data';
import { __ } from '@wordpress/i18n';
import type { ComponentType } from 'react';

import { DownloadLinkDialog } from './download-link';
import { RefundDialog } from './refund';
import { RetryDialog } from './retry';
import { StatusDialog } from './status';
import { InlineError } from '../../shared/components/inline-error';
import { store } from '../store';
import type { ActionId } from '../actions/types';
import type { OpenDialog } from '../actions/use-perform';
import type { DialogProps } from './types';

/** Null: that action asks nothing. */
const DIALOGS: Record< ActionId, ComponentType< DialogProps > | null > = {
	retry: RetryDialog,
	refund: RefundDialog,
	download_token: DownloadLinkDialog,
	status: StatusDialog,
	email: null,
	refresh: null,
};

interface Props {
	dialog: OpenDialog;
	onClose: () => void;
}

/** The open dialog, with the whole job: what can be refunded is in the details. */
export function DialogHost( { dialog, onClose }: Props ) {
	const { action, jobId, attempt } = dialog;
	const { job, etag, error } = useSelect( ( select ) => select( store ).getDetail( jobId ), [ jobId ] );
	const { loadDetail } = useDispatch( store );
	const Dialog = DIALOGS[ action ];
	if ( ! Dialog ) {
		return null;
	}
	if ( ! job ) {
		return (
			<Modal title={ __( 'One moment', 'sell-my-images' ) } onRequestClose={ onClose }>
				{ error ? <InlineError>{ error.message }</InlineError> : <Spinner /> }
			</Modal>
		);
	}
	return (
		<Dialog
			job={ job }
			etag={ etag ?? `"${ job.version }"` }
			{ ...( attempt ? { attempt } : {} ) }
			onClose={ onClose }
			onReload={ () => void loadDetail( jobId ) }
		/>
	);
}
