import { Button, Spinner } from '@wordpress/components';
import { __, _n, sprintf } from '@wordpress/i18n';

import { JobLink } from './job-link';
import { sumsOf } from './money';
import { batchWords } from './words';
import { InlineError } from '../../shared/components/inline-error';
import type { usePreview } from './use-preview';
import type { BatchPreview } from '../../api/contracts.generated';

const EXAMPLES = 3;

function sentence( preview: BatchPreview ): string {
	const { action, eligible, matched } = preview;
	if ( eligible === 0 ) {
		return batchWords()[ action ].none;
	}
	const { summary, onlyOne } = batchWords()[ action ];
	const what = matched === 1 ? onlyOne : summary( eligible, matched );
	const sums = sumsOf( preview );
	if ( action === 'refund' ) {
		/* translators: 1: "288 of 344 jobs will be refunded", 2: an amount of money. */
		return sprintf( __( '%1$s, %2$s in all.', 'sell-my-images' ), what, sums );
	}
	if ( action === 'retry' ) {
		return sums
			? /* translators: 1: "12 of 20 images will be made again", 2: an amount of money. */
				sprintf( __( '%1$s. The upscaler will charge about %2$s.', 'sell-my-images' ), what, sums )
			: /* translators: %s: "12 of 20 images will be made again". */
				sprintf( __( '%s. It costs nothing: the bridge does it by itself.', 'sell-my-images' ), what );
	}
	/* translators: %s: a sentence without its full stop, for example "12 of 20 jobs will be checked". */
	return sprintf( __( '%s.', 'sell-my-images' ), what );
}

type Skipped = BatchPreview[ 'skipped' ][ number ];

function SkippedGroup( { group, hrefOf }: { group: Skipped; hrefOf: ( id: string ) => string } ) {
	const ids: string[] = group.job_ids;
	const rest = group.count - Math.min( ids.length, EXAMPLES );
	return (
		<li>
			{ sprintf(
				/* translators: 1: a number of jobs, 2: why, a sentence. */
				_n( '%1$s skipped: %2$s', '%1$s skipped: %2$s', group.count, 'sell-my-images' ),
				group.count.toLocaleString(),
				group.message
			) }
			<small className="smi-batch__examples">
				{ ids.slice( 0, EXAMPLES ).map( ( id ) => (
					<JobLink key={ id } id={ id } hrefOf={ hrefOf } />
				) ) }
				{ rest > 0 && (
					<span>
						{ sprintf(
							/* translators: %s: a number of jobs. */
							_n( 'and %s more', 'and %s more', rest, 'sell-my-images' ),
							rest.toLocaleString()
						) }
					</span>
				) }
			</small>
		</li>
	);
}

interface Props {
	state: ReturnType< typeof usePreview >;
	hrefOf: ( id: string ) => string;
}

/** What would happen, before it does. */
export function Preview( { state, hrefOf }: Props ) {
	const { preview, isFresh, error } = state;
	if ( error ) {
		return (
			<InlineError>
				{ __( 'What would happen could not be found out. Nothing was done.', 'sell-my-images' ) }{ ' ' }
				{ error.message }{ ' ' }
				<Button variant="link" onClick={ state.reload }>
					{ __( 'Try again', 'sell-my-images' ) }
				</Button>
			</InlineError>
		);
	}
	return (
		<div className={ `smi-batch__preview${ isFresh ? '' : ' is-stale' }` } aria-busy={ ! isFresh }>
			<div aria-live="polite">
				{ preview && isFresh && <strong>{ sentence( preview ) }</strong> }
				{ ! isFresh && (
					<span>
						<Spinner /> { __( 'Looking at each job; nothing is done yet…', 'sell-my-images' ) }
					</span>
				) }
			</div>
			{ preview && preview.skipped.length > 0 && (
				<ul>
					{ preview.skipped.map( ( group ) => (
						<SkippedGroup key={ group.code + group.message } group={ group } hrefOf={ hrefOf } />
					) ) }
				</ul>
			) }
		</div>
	);
}
