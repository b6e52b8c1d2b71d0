import { ExternalLink } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';

import { refundOriginWords, refundStatusWords } from './refund-words';
import { Section } from './section';
import { refundUrl } from '../stripe-links';
import { whoWords } from '../timeline/actors';
import { formatMoney } from '../../../shared/money';
import { formatDuration, formatExact, secondsBetween } from '../../../shared/time';
import type { JobDetail, Refund } from '../../../api/contracts.generated';

const reasonWords = (): Record< string, string > => ( {
	requested_by_customer: __( 'the customer asked', 'sell-my-images' ),
	duplicate: __( 'paid twice', 'sell-my-images' ),
	fraudulent: __( 'fraud', 'sell-my-images' ),
} );

const SAID_BY_ORIGIN: readonly string[] = [ 'system', 'stripe' ];

/** A person by name, anything else in the log's own words; the origin says it of the rest. */
function askerWords( { requested_by: actor, requested_by_name: name }: Refund ): string | null {
	if ( name ) {
		/* translators: %s: a person's name. */
		return sprintf( __( 'asked for by %s', 'sell-my-images' ), name );
	}
	return ! actor || SAID_BY_ORIGIN.includes( actor ) ? null : whoWords( { actor, actor_name: null } );
}

function facts( refund: Refund ): string {
	return [
		refundOriginWords()[ refund.origin ],
		refund.reason && ( reasonWords()[ refund.reason ] ?? refund.reason ),
		askerWords( refund ),
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
			<div className="smi-quiet">{ facts( refund ) }</div>
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
