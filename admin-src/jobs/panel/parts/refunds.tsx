import { ExternalLink } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';

import { refundOriginWords, refundStatusWords } from './refund-words';
import { Section } from './section';
import { refundUrl } from '../stripe-links';
import { formatMoney } from '../../../shared/money';
import { formatDuration, formatExact, secondsBetween } from '../../../shared/time';
import type { JobDetail, Refund } from '../../../api/contracts.generated';

const reasonWords = (): Record< string, string > => ( {
	requested_by_customer: __( 'the customer asked', 'sell-my-images' ),
	duplicate: __( 'paid twice', 'sell-my-images' ),
	fraudulent: __( 'fraud', 'sell-my-images' ),
} );

const NOBODY: readonly ( string | null )[] = [ null, 'system', 'stripe' ];

/** The log knows the name of whoever `user:7` is. The origin says the rest. */
function nameOf( actor: string | null, { events }: JobDetail ): string | null {
	const name = events.find( ( event ) => event.actor === actor )?.actor_name;
	return name ?? ( NOBODY.includes( actor ) ? null : actor );
}

function facts( refund: Refund, job: JobDetail ): string {
	const name = nameOf( refund.requested_by, job );
	return [
		refundOriginWords()[ refund.origin ],
		refund.reason && ( reasonWords()[ refund.reason ] ?? refund.reason ),
		name &&
			/* translators: %s: a person's name. */
			sprintf( __( 'asked for by %s', 'sell-my-images' ), name ),
	]
		.filter( Boolean )
		.join( ' · ' );
}

function timeWords( { created_at: asked, settled_at: settled }: Refund ): string {
	if ( ! settled ) {
		/* translators: %s: an exact time. */
		return sprintf( __( 'Asked for %s', 'sell-my-images' ), formatExact( asked ) );
	}
	return sprintf(
		/* translators: 1: an exact time, 2: a length of time. */
		__( 'Asked for %1$s, settled after %2$s', 'sell-my-images' ),
		formatExact( asked ),
		formatDuration( secondsBetween( asked, settled ) )
	);
}

function Item( { refund, job }: { refund: Refund; job: JobDetail } ) {
	const failure = refund.failure_message ?? refund.failure_code;
	return (
		<li>
			<strong>
				<bdi>{ formatMoney( refund.amount, refund.currency ) }</bdi> { refundStatusWords()[ refund.status ] }
			</strong>
			<div className="smi-quiet">{ facts( refund, job ) }</div>
			<div className="smi-quiet">
				<bdi>{ timeWords( refund ) }</bdi>
			</div>
			{ refund.note && <p className="smi-note">{ refund.note }</p> }
			{ failure && <p className="smi-bad">{ failure }</p> }
			{ refund.stripe_refund_id && (
				<ExternalLink href={ refundUrl( job, refund.stripe_refund_id ) }>
					{ __( 'See the refund at Stripe', 'sell-my-images' ) }
				</ExternalLink>
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
