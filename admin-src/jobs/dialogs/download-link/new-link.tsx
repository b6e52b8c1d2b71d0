import { Button, Modal } from '@wordpress/components';
import { __ } from '@wordpress/i18n';

import { CopyButton } from '../../../shared/components/copy-button';

interface Props {
	url: string;
	onClose: () => void;
}

export function NewLink( { url, onClose }: Props ) {
	return (
		<Modal
			title={ __( 'The new link is ready', 'sell-my-images' ) }
			className="smi-dialog"
			size="medium"
			onRequestClose={ onClose }
		>
			<p>
				{ __(
					'Whoever has this link can download the image. Give it to the customer only.',
					'sell-my-images'
				) }
			</p>
			<p className="smi-secret">
				<bdi>{ url }</bdi>
			</p>
			<div className="smi-dialog__buttons">
				<CopyButton text={ url } label={ __( 'Copy link', 'sell-my-images' ) } />
				<Button variant="primary" size="compact" onClick={ onClose }>
					{ __( 'Done', 'sell-my-images' ) }
				</Button>
			</div>
		</Modal>
	);
}
