import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';

import { InlineError } from '../shared/components/inline-error';
import type { RestFailure } from '../api/rest-failure';

interface Props {
	error: RestFailure;
	onRetry: () => void;
}

export function LoadFailed( { error, onRetry }: Props ) {
	return (
		<InlineError>
			{ error.message }{ ' ' }
			{ error.kind !== 'forbidden' && (
				<Button variant="link" onClick={ onRetry }>
					{ __( 'Try again', 'sell-my-images' ) }
				</Button>
			) }
		</InlineError>
	);
}
