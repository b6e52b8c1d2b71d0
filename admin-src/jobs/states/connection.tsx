import { Notice } from '@wordpress/components';
import { useSelect } from '@wordpress/data';
import { __, sprintf } from '@wordpress/i18n';
import type { ReactNode } from 'react';

import { loginUrl } from './login-url';
import { formatClock } from '../../shared/time';
import { useOnline } from '../../shared/use-online';
import { store } from '../store';
import type { PageEntry } from '../store/types';

/** One lost answer is nothing to talk about. */
const WORTH_SAYING = 3;

interface Props {
	page: PageEntry;
	/** Asks again for what is shown. */
	onRetry: () => void;
}

function Warning( { children, action }: { children: ReactNode; action?: { label: string; onClick: () => void } } ) {
	return (
		<Notice
			status="warning"
			isDismissible={ false }
			actions={ action ? [ { ...action, variant: 'link' as const } ] : [] }
		>
			{ children }
		</Notice>
	);
}

function offlineWords( at: number | null ): string {
	return at === null
		? __( 'You are offline.', 'sell-my-images' )
		: sprintf(
				/* translators: %s: a time of day. */
				__( 'You are offline. These jobs are from %s.', 'sell-my-images' ),
				formatClock( at )
			);
}

function staleWords( at: number | null ): string {
	return at === null
		? __( 'The site does not answer. Nothing was lost; this screen keeps asking.', 'sell-my-images' )
		: sprintf(
				/* translators: %s: a time of day. */
				__( 'Not up to date since %s. The site does not answer; this screen keeps asking.', 'sell-my-images' ),
				formatClock( at )
			);
}

/** Why what is shown may be old. The rows stay: they are no less true for it. */
export function ConnectionNotice( { page, onRetry }: Props ) {
	const { at, failures, error } = useSelect( ( select ) => select( store ).getLive(), [] );
	const tryNow = { label: __( 'Try now', 'sell-my-images' ), onClick: onRetry };
	if ( ! useOnline() ) {
		return <Warning>{ offlineWords( at ) }</Warning>;
	}
	if ( error?.kind === 'logged_out' ) {
		const logIn = () => window.location.assign( loginUrl() );
		return (
			<Warning action={ { label: __( 'Log in again', 'sell-my-images' ), onClick: logIn } }>
				{ __( 'You were logged out. Nothing was lost.', 'sell-my-images' ) }
			</Warning>
		);
	}
	if ( page.state === 'failed' && page.ids.length > 0 ) {
		return (
			<Warning action={ tryNow }>
				{ __( 'The list could not be loaded again. These are the jobs as they were.', 'sell-my-images' ) }
			</Warning>
		);
	}
	return failures >= WORTH_SAYING ? <Warning action={ tryNow }>{ staleWords( at ) }</Warning> : null;
}
