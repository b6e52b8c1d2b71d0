import { sprintf, __ } from '@wordpress/i18n';

import { ActionBar } from './parts/action-bar';
import { AttemptsPart } from './parts/attempts';
import { AttentionBoxes } from './parts/attention-boxes';
import { CustomerPart } from './parts/customer';
import { DownloadPart } from './parts/download';
import { MoneyPart } from './parts/money';
import { Pictures } from './parts/pictures';
import { RawDataPart } from './parts/raw-data';
import { RefundsPart } from './parts/refunds';
import { Timeline } from './timeline';
import { StatusBadge } from '../fields/status/badges';
import { titleOf } from '../fields/post-title/title-of';
import { formatMoney } from '../../shared/money';
import { paymentWords } from '../words/payment';
import { statusWords } from '../words/status';
import type { JobDetail } from '../../api/contracts.generated';
import type { Perform } from '../actions/use-perform';
import type { PlaceApi } from '../view/use-place';

function priceWords( job: JobDetail ): string {
	return sprintf(
		/* translators: 1: size bought, for example 4x, 2: an amount of money, 3: a payment status. */
		__( '%1$s · %2$s · %3$s', 'sell-my-images' ),
		job.resolution,
		formatMoney( job.amount_charged ?? '0', job.currency ),
		paymentWords()[ job.payment_status ]
	);
}

interface Props {
	job: JobDetail;
	perform: Perform;
	places: PlaceApi;
}

export function PanelBody( { job, perform, places }: Props ) {
	return (
		<>
			<h2 className="smi-panel__title">
				{ job.post_url ? <a href={ job.post_url }>{ titleOf( job ) }</a> : titleOf( job ) }
			</h2>
			<p className="smi-panel__line">
				<StatusBadge status={ job.status } /> <bdi>{ priceWords( job ) }</bdi>
			</p>
			<p className="smi-quiet">{ statusWords()[ job.status ].sentence }</p>
			<AttentionBoxes job={ job } perform={ perform } />
			<Pictures job={ job } />
			<ActionBar job={ job } perform={ perform } />
			{ job.failure_reason && <p className="smi-bad">{ job.failure_reason }</p> }
			<Timeline job={ job } />
			<MoneyPart job={ job } />
			<CustomerPart job={ job } { ...places } />
			<DownloadPart job={ job } />
			<AttemptsPart job={ job } perform={ perform } />
			<RefundsPart job={ job } />
			<RawDataPart job={ job } />
		</>
	);
}
