import { ProgressBar } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';

import { progressWords } from './run-words';
import type { Running } from './use-export';

/** Read out at each quarter only: every number would drown everything else. */
function quarterWords( { rows, total }: Running ): string {
	const quarter = total ? Math.floor( ( 4 * rows ) / total ) : 0;
	return quarter === 0
		? __( 'The export has begun.', 'sell-my-images' )
		: /* translators: %s: a percentage. */
			sprintf( __( '%s of the jobs have arrived.', 'sell-my-images' ), `${ quarter * 25 } %` );
}

/** How much of the file has arrived. */
export function Progress( { running }: { running: Running | null } ) {
	const { rows, total } = running ?? { rows: 0, total: null };
	const percent = total ? { value: Math.min( 100, Math.round( ( 100 * rows ) / total ) ) } : {};
	return (
		<>
			<div className="screen-reader-text" role="status">
				{ running && quarterWords( running ) }
			</div>
			{ running && (
				<div className="smi-export__progress">
					<ProgressBar
						className="smi-export__bar"
						aria-label={ __( 'Export', 'sell-my-images' ) }
						{ ...percent }
					/>
					<span>{ progressWords( rows, total ) }</span>
				</div>
			) }
		</>
	);
}
