import { Button, Modal } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { FormEvent, ReactNode } from 'react';

import { InlineError } from '../../shared/components/inline-error';

interface Props {
	title: string;
	children: ReactNode;
	/** Stands directly above the buttons, where it cannot scroll out of sight. */
	error: ReactNode;
	submitLabel: string;
	isBusy: boolean;
	isDestructive?: boolean;
	isDisabled?: boolean;
	onSubmit: () => void;
	onClose: () => void;
}

export function DialogFrame( props: Props ) {
	const { title, children, error, submitLabel, isBusy, onClose } = props;
	const submit = ( event: FormEvent ) => {
		event.preventDefault();
		if ( ! isBusy && ! props.isDisabled ) {
			props.onSubmit();
		}
	};
	return (
		<Modal title={ title } className="smi-dialog" size="medium" onRequestClose={ () => ! isBusy && onClose() }>
			<form onSubmit={ submit } noValidate>
				<div className="smi-dialog__body">{ children }</div>
				<div className="smi-dialog__foot">
					{ error && <InlineError>{ error }</InlineError> }
					<div className="smi-dialog__buttons">
						<Button __next40pxDefaultSize variant="tertiary" onClick={ onClose } disabled={ isBusy }>
							{ __( 'Cancel', 'sell-my-images' ) }
						</Button>
						<Button
							__next40pxDefaultSize
							variant="primary"
							type="submit"
							isDestructive={ props.isDestructive ?? false }
							isBusy={ isBusy }
							disabled={ props.isDisabled ?? false }
							accessibleWhenDisabled
						>
							{ submitLabel }
						</Button>
					</div>
				</div>
			</form>
		</Modal>
	);
}
