import { __, sprintf } from '@wordpress/i18n';

import { refundOriginWords, refundStatusWords } from './refund-words';
import { Section } from './section';
import { TimeAgo } from '../../../shared/components/time-ago';
import { formatMoney } from '../../../shared/money';
import type { JobDetail, Refund } from '../../../api/contracts.generated';

const reasonWords = (): Record< string, string > => ( {
	requested_by_customer: __( 'the customer asked', 'sell-my-images' ),
	duplicate: __( 'paid twice', 'sell-my-images' ),
	fraudulent: __( 'fraud', 'sell-my-images' ),
} );

/** The log knows the name of whoever `user:7` is. */
function nameOf( actor: string | null, { events }: JobDetail ): string | null {
	return events.find( ( event ) => event.actor === actor )?.actor_name ?? actor;
}

function Item( { refund, job }: { refund: Refund; job: JobDetail } ) {
	const name = nameOf( refund.requested_by, job );
	const facts = [
		refundOriginWords()[ refund.origin ],
		refund.reason && ( reasonWords()[ refund.reason ] ?? refund.reason ),
		name &&
			/* translators: %s: a person's name. */
			sprintf( __( 'asked for by %s', 'sell-my-images' ), name ),
	].filter( Boolean );
	return (
		<li>
			<strong>
				<bdi>{ formatMoney( refund.amount, refund.currency ) }</bdi> { refundStatusWords()[ refund.status ] }
			</strong>{ ' ' }
			<TimeAgo iso={ refund.settled_at ?? refund.created_at } />
			<div className="smi-quiet">{ facts.join( ' · ' ) }</div>
			{ refund.note && <p className="smi-note">{ refund.note }</p> }
			{ ( refund.failure_message ?? refund.failure_code ) && (
				<p className="smi-bad">{ refund.failure_message ?? refund.failure_code }</p>
			) }
		</li>
	);
}

export function RefundsPart( { job }: { job: JobDetail } ) {
	return job.refunds.length ? (
		<Section title={ __( 'Refunds', 'sell-my-images' ) }>
			<ul className="smi-items">
				{ job.refunds.map( ( refund ) => (
					<Item key={ refund.uuid } refund={ refund } job={ job } />
				) ) }
			</ul>
		</Section>
	) : null;
}
