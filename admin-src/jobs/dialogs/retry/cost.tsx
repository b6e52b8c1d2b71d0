import { __, sprintf } from '@wordpress/i18n';

import { sumsOf } from '../../batch/money';
import type { BatchPreview } from '../../../api/contracts.generated';
import type { RestFailure } from '../../../api/rest-failure';

interface Props {
	preview: BatchPreview | null;
	isFresh: boolean;
	error: RestFailure | null;
}

function costWords( { preview, isFresh, error }: Props ): string {
	if ( error ) {
		return __( 'What it will cost could not be found out now.', 'sell-my-images' );
	}
	if ( ! preview || ! isFresh ) {
		return __( 'Asking what it will cost…', 'sell-my-images' );
	}
	const sums = sumsOf( preview );
	return sums
		? sprintf(
				/* translators: %s: an amount of money. */
				__( 'The upscaler will charge about %s.', 'sell-my-images' ),
				sums
			)
		: __( 'It costs nothing: the bridge resizes this picture itself.', 'sell-my-images' );
}

/** What making the image again will cost the owner, where it can be made at all. */
export function Cost( props: Props ) {
	const isRefused = props.isFresh && props.preview?.eligible === 0;
	return (
		<p className="smi-cost" aria-live="polite">
			{ isRefused ? '' : costWords( props ) }
		</p>
	);
}
