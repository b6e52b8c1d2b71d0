import { __, sprintf } from '@wordpress/i18n';

import { eventWords, reasonWords } from './words';
import { formatDuration, formatExact, secondsBetween } from '../../../shared/time';
import { Section } from '../parts/section';
import type { JobDetail, JobEvent } from '../../../api/contracts.generated';

/** Said by the payment or the attempt beside it already. */
function isEcho( { type, to, actor }: JobEvent ): boolean {
	return type === 'status' && ( to === 'pending' || to === 'processing' ) && ! actor.startsWith( 'user:' );
}

function When( { event, before }: { event: JobEvent; before?: JobEvent } ) {
	const exact = formatExact( event.at );
	return (
		<time dateTime={ event.at } title={ exact }>
			<bdi>{ before ? `+${ formatDuration( secondsBetween( before.at, event.at ) ) }` : exact }</bdi>
		</time>
	);
}

function Line( { event, before }: { event: JobEvent; before?: JobEvent } ) {
	const reason = reasonWords( event.reason );
	return (
		<li>
			<span>
				{ eventWords( event ) }
				{ event.actor_name && (
					<small>
						{ ' ' }
						{ sprintf(
							/* translators: %s: a person's name. */
							__( 'by %s', 'sell-my-images' ),
							event.actor_name
						) }
					</small>
				) }
				{ reason && <small className="smi-timeline__reason">{ reason }</small> }
			</span>
			<When event={ event } { ...( before ? { before } : {} ) } />
		</li>
	);
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
				{ events.map( ( event, index ) => {
					const before = events[ index - 1 ];
					return <Line key={ index } event={ event } { ...( before ? { before } : {} ) } />;
				} ) }
			</ol>
			{ wait && <p className="smi-quiet">{ wait }</p> }
		</Section>
	);
}
