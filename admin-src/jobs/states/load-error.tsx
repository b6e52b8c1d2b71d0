import { __ } from '@wordpress/i18n';

import { Blank } from './empty';
import type { RestFailure } from '../../api/rest-failure';

interface Props {
	error: RestFailure;
	onRetry: () => void;
}

export function LoadError( { error, onRetry }: Props ) {
	if ( error.kind === 'forbidden' ) {
		return (
			<Blank isAlert title={ __( 'You may not see jobs.', 'sell-my-images' ) }>
				{ __( 'Ask an administrator for the right “View jobs”.', 'sell-my-images' ) }
			</Blank>
		);
	}
	if ( error.kind === 'logged_out' ) {
		return (
			<Blank isAlert title={ __( 'You are logged out.', 'sell-my-images' ) }>
				{ __( 'Log in again in another tab, then try again here. Nothing was changed.', 'sell-my-images' ) }
			</Blank>
		);
	}
	return (
		<Blank
			isAlert
			title={ __( 'The jobs could not be loaded.', 'sell-my-images' ) }
			action={ {
				label: __( 'Try again', 'sell-my-images' ),
				onClick: onRetry,
			} }
		>
			{ error.kind === 'offline'
				? __( 'You are offline. Nothing was changed.', 'sell-my-images' )
				: __( 'Nothing was changed.', 'sell-my-images' ) }
		</Blank>
	);
}
