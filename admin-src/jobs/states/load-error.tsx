import { __ } from '@wordpress/i18n';

import { Blank } from './blank';
import { loginUrl } from './login-url';
import type { RestFailure } from '../../api/rest-failure';

interface Props {
	error: RestFailure;
	onRetry: () => void;
}

function sentenceOf( { kind, message }: RestFailure ): string {
	if ( kind === 'offline' ) {
		return __( 'You are offline. Nothing was changed.', 'sell-my-images' );
	}
	// Only these carry words about what to do.
	return kind === 'limited' || kind === 'invalid' ? message : __( 'Nothing was changed.', 'sell-my-images' );
}

/** The list did not arrive: why, and what to do. */
export function LoadError( { error, onRetry }: Props ) {
	if ( error.kind === 'forbidden' ) {
		return (
			<Blank isAlert title={ __( 'You may not see jobs.', 'sell-my-images' ) }>
				{ __( 'Ask an administrator for the right “View jobs”.', 'sell-my-images' ) }
			</Blank>
		);
	}
	const again = { label: __( 'Try again', 'sell-my-images' ), onClick: onRetry };
	if ( error.kind === 'logged_out' ) {
		const logIn = { label: __( 'Log in again', 'sell-my-images' ), href: loginUrl() };
		return (
			<Blank isAlert title={ __( 'You were logged out.', 'sell-my-images' ) } actions={ [ logIn, again ] }>
				{ __( 'Nothing was lost. After logging in you come back to this list.', 'sell-my-images' ) }
			</Blank>
		);
	}
	return (
		<Blank isAlert title={ __( 'The jobs could not be loaded.', 'sell-my-images' ) } actions={ [ again ] }>
			{ sentenceOf( error ) }
		</Blank>
	);
}
