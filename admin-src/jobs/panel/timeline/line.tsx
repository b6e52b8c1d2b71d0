import { eventWords } from './words';
import { reasonWords } from './reasons';
import { whoWords } from './actors';
import { formatDuration, formatExact, secondsBetween } from '../../../shared/time';
import { formatSecond, isSameDay } from './clock';
import type { JobEvent } from '../../../api/contracts.generated';

export interface Placed {
	event: JobEvent;
	before: JobEvent | undefined;
}

/** The same day is not said again. */
function When( { event, before }: Placed ) {
	const isNewDay = ! before || ! isSameDay( before.at, event.at );
	return (
		<time dateTime={ event.at } title={ formatExact( event.at ) }>
			<bdi>{ isNewDay ? formatExact( event.at ) : formatSecond( event.at ) }</bdi>
		</time>
	);
}

/** A failure is told twice, by the attempt and by the job; its reason once. */
function reasonOf( { event, before }: Placed ): string {
	const reason = reasonWords( event.reason );
	return before && reason === reasonWords( before.reason ) ? '' : reason;
}

export function Line( { event, before }: Placed ) {
	const reason = reasonOf( { event, before } );
	return (
		<li>
			<span className="smi-timeline__what">{ eventWords( event ) }</span>
			{ before && (
				<bdi className="smi-timeline__step">{ `+${ formatDuration( secondsBetween( before.at, event.at ) ) }` }</bdi>
			) }
			<small>
				<When event={ event } before={ before } /> · { whoWords( event ) }
			</small>
			{ reason && <small className="smi-timeline__reason">{ reason }</small> }
		</li>
	);
}
