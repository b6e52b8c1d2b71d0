import { sprintf, __ } from '@wordpress/i18n';

import { summaryOf } from './summary';
import { ActionBar } from './parts/action-bar';
import { AttemptsPart } from './parts/attempts';
import { AttentionBoxes } from './attention';
import { CustomerPart } from './parts/customer';
import { DownloadPart } from './parts/download';
import { OriginPart } from './parts/origin';
import { MoneyPart } from './money';
import { Pictures } from './pictures';
import { RawDataPart } from './parts/raw-data';
import { ReferencesPart } from './parts/references';
import { RefundsPart } from './parts/refunds';
import { Timeline } from './timeline';
import { StatusBadge } from '../fields/status/badges';
import { titleOf } from '../fields/post-title/title-of';
import { formatMoney } from '../../shared/money';
import { paymentWord } from '../words/payment';
import type { JobDetail } from '../../api/contracts.generated';
import type { Perform } from '../actions/use-perform';
import type { PlaceApi } from '../view/use-place';

function priceWords( job: JobDetail ): string {
	return sprintf(
		/* translators: 1: size bought, for example 4x, 2: an amount of money, 3: a payment status. */
		__( '%1$s · %2$s · %3$s', 'sell-my-images' ),
		job.resolution,
		formatMoney( job.amount_charged ?? '0', job.currency ),
		paymentWord( job.payment_status )
	);
}

function Head( { job }: { job: JobDetail } ) {
	const summary = summaryOf( job );
	return (
		<>
			<h2 className="smi-panel__title">{ titleOf( job ) }</h2>
			<p className="smi-panel__line">
				<StatusBadge job={ job } /> <bdi>{ priceWords( job ) }</bdi>
			</p>
			{ summary && <p className="smi-quiet">{ summary }</p> }
			{ job.status !== 'completed' && job.failure_reason && <p className="smi-bad">{ job.failure_reason }</p> }
		</>
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
			<Head job={ job } />
			<AttentionBoxes job={ job } perform={ perform } />
			<Pictures job={ job } />
			<ActionBar job={ job } perform={ perform } />
			<Timeline job={ job } />
			<MoneyPart job={ job } />
			<RefundsPart job={ job } />
			<CustomerPart job={ job } places={ places } />
			<OriginPart job={ job } places={ places } />
			<DownloadPart job={ job } perform={ perform } />
			<AttemptsPart job={ job } perform={ perform } />
			<ReferencesPart job={ job } />
			<RawDataPart job={ job } />
		</>
	);
}
