import { ProgressBar } from '@wordpress/components';
import { __ } from '@wordpress/i18n';

import { listWords } from './words';
import { InlineError } from '../../shared/components/inline-error';
import type { Reconciliation } from '../../api/contracts.generated';

/** How far it is. How much there is, nobody knows before the end: Stripe's lists do not say. */
export function Running( { run }: { run: Reconciliation } ) {
	return (
		<>
			<ProgressBar className="smi-batch__bar" aria-label={ __( 'Looking through Stripe', 'sell-my-images' ) } />
			<p>{ run.message }</p>
			<ul className="smi-reconcile__lists">
				{ run.lists.map( ( line ) => (
					<li key={ line.list }>{ listWords( line ) }</li>
				) ) }
			</ul>
			{ run.trouble && <InlineError>{ run.trouble.message }</InlineError> }
			<p className="smi-quiet">
				{ run.dry_run
					? __( 'Nothing is changed. You can close this window; it goes on.', 'sell-my-images' )
					: __( 'What differs is put right. You can close this window; it goes on.', 'sell-my-images' ) }
			</p>
		</>
	);
}
