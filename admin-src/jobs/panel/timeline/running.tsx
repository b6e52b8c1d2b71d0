import { __, sprintf } from '@wordpress/i18n';

import { useNow } from './use-now';
import { useUsualWait } from './use-usual-wait';
import { formatDuration } from '../../../shared/time';
import type { JobDetail, JobStatus } from '../../../api/contracts.generated';

const ON_THEIR_WAY: readonly JobStatus[] = [ 'pending', 'processing' ];

function Clock( { since, words }: { since: string; words: ( time: string ) => string } ) {
	const seconds = ( useNow() - Date.parse( since ) ) / 1000;
	return <span role="timer">{ words( formatDuration( seconds ) ) }</span>;
}

function Waiting( { since }: { since: string } ) {
	const usual = useUsualWait();
	/* translators: %s: a length of time. */
	const words = ( time: string ) => sprintf( __( 'The customer has waited %s so far.', 'sell-my-images' ), time );
	return (
		<>
			<Clock since={ since } words={ words } />
			{ usual !== null && (
				<small>
					{ sprintf(
						/* translators: %s: a length of time. */
						__( 'Usual: %s.', 'sell-my-images' ),
						formatDuration( usual )
					) }
				</small>
			) }
		</>
	);
}

/** The clock of a job that is on its way; nothing for one that has arrived. */
export function Running( { job }: { job: JobDetail } ) {
	const { status, paid_at: paid, created_at: created } = job;
	if ( job.is_payment_under_way ) {
		return null;
	}
	if ( status === 'awaiting_payment' ) {
		/* translators: %s: a length of time. */
		const words = ( time: string ) => sprintf( __( 'At the checkout for %s.', 'sell-my-images' ), time );
		return (
			<p className="smi-timeline__running">
				<Clock since={ created } words={ words } />
			</p>
		);
	}
	return ON_THEIR_WAY.includes( status ) && paid ? (
		<p className="smi-timeline__running">
			<Waiting since={ paid } />
		</p>
	) : null;
}
