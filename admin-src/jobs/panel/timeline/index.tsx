import { __, sprintf } from '@wordpress/i18n';

import { Line } from './line';
import { Running } from './running';
import { formatDuration } from '../../../shared/time';
import { Section } from '../parts/section';
import type { JobDetail, JobEvent } from '../../../api/contracts.generated';

/** Said by the payment or the attempt beside it already. */
function isEcho( { type, to, actor }: JobEvent ): boolean {
	return type === 'status' && ( to === 'pending' || to === 'processing' ) && ! actor.startsWith( 'user:' );
}

/** How long the customer waited, where it is known. */
function waitWords( { durations }: JobDetail ): string | null {
	return durations.total_s === null
		? null
		: sprintf(
				/* translators: %s: a length of time. */
				__( 'From payment to finished image: %s', 'sell-my-images' ),
				formatDuration( durations.total_s )
			);
}

export function Timeline( { job }: { job: JobDetail } ) {
	const events = job.events.filter( ( event ) => ! isEcho( event ) );
	const wait = waitWords( job );
	return (
		<Section title={ __( 'What happened', 'sell-my-images' ) }>
			<ol className="smi-timeline">
				{ events.map( ( event, index ) => (
					<Line key={ index } event={ event } before={ events[ index - 1 ] } />
				) ) }
			</ol>
			<Running job={ job } />
			{ wait && <p className="smi-quiet">{ wait }</p> }
		</Section>
	);
}
