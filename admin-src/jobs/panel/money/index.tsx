import { ExternalLink } from '@wordpress/components';
import { __ } from '@wordpress/i18n';

import { amount, moneyFacts } from './facts';
import { customerUrl, disputeUrl } from '../stripe-links';
import { Facts } from '../../../shared/components/facts';
import { Section } from '../parts/section';
import type { JobDetail } from '../../../api/contracts.generated';

function links( job: JobDetail ): [ string, string | null ][] {
	return [
		[ __( 'See the payment at Stripe', 'sell-my-images' ), job.stripe_url ],
		[ __( 'See the dispute at Stripe', 'sell-my-images' ), job.dispute_status ? disputeUrl( job ) : null ],
		[ __( 'Find the customer at Stripe', 'sell-my-images' ), customerUrl( job ) ],
	];
}

function Kept( { job }: { job: JobDetail } ) {
	if ( job.margin === null && job.cost_other ) {
		return (
			<p className="smi-quiet">
				{ __(
					'What was kept is not told: part of the cost was paid in another currency than the sale.',
					'sell-my-images'
				) }
			</p>
		);
	}
	return job.margin === null ? null : (
		<div className="smi-kept">
			<Facts facts={ [ { label: __( 'Kept', 'sell-my-images' ), value: amount( job.margin, job.currency ) } ] } />
		</div>
	);
}

export function MoneyPart( { job }: { job: JobDetail } ) {
	return (
		<Section title={ __( 'Money', 'sell-my-images' ) }>
			<Facts facts={ moneyFacts( job ) } />
			<Kept job={ job } />
			{ ! job.livemode && <p className="smi-quiet">{ __( 'Test mode: no real money.', 'sell-my-images' ) }</p> }
			<ul className="smi-links">
				{ links( job ).map( ( [ label, url ] ) =>
					url ? (
						<li key={ label }>
							<ExternalLink href={ url }>{ label }</ExternalLink>
						</li>
					) : null
				) }
			</ul>
		</Section>
	);
}
