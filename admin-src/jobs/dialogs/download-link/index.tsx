import { CheckboxControl } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { useState } from '@wordpress/element';

import { NewLink } from './new-link';
import { DialogFrame } from '../frame';
import { useSubmit } from '../use-submit';
import { newDownloadLink } from '../../../api/jobs';
import type { DialogProps } from '../types';

export function DownloadLinkDialog( { job, onClose }: DialogProps ) {
	const [ notify, setNotify ] = useState( true );
	const [ url, setUrl ] = useState< string | null >( null );
	const { isBusy, words, submit } = useSubmit(
		( { download_url: made } ) => ( made ? setUrl( made ) : onClose() ),
		__(
			'The site did not answer. We do not know whether the new link was made. Try again: only the newest link works, so nothing is lost.',
			'sell-my-images'
		)
	);
	if ( url ) {
		return <NewLink url={ url } onClose={ onClose } />;
	}
	return (
		<DialogFrame
			title={ __( 'Make a new download link?', 'sell-my-images' ) }
			error={ words }
			submitLabel={ __( 'Make new link', 'sell-my-images' ) }
			isBusy={ isBusy }
			onSubmit={ () => void submit( () => newDownloadLink( job.job_id, { notify } ) ) }
			onClose={ onClose }
		>
			<p>{ __( 'The old link stops working at once. The image stays where it is.', 'sell-my-images' ) }</p>
			<CheckboxControl
				__nextHasNoMarginBottom
				label={ __( 'Send the new link to the customer', 'sell-my-images' ) }
				checked={ notify }
				onChange={ setNotify }
			/>
		</DialogFrame>
	);
}
