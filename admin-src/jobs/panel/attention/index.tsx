import { __ } from '@wordpress/i18n';

import { Fix, LinkFix, RefundFix } from './fix';
import { failureWords } from '../timeline/reasons';
import { attentionSentence, wordsOfAttention } from '../../words/attention';
import { secondsBetween } from '../../../shared/time';
import type { Attention, JobDetail } from '../../../api/contracts.generated';
import type { Perform } from '../../actions/use-perform';

interface Props {
	job: JobDetail;
	perform: Perform;
}

/** After so long a paid job is not started by itself any more. */
const NOT_BY_ITSELF_S = 7 * 24 * 3600;

function isOld( { paid_at: paid }: JobDetail ): boolean {
	return paid !== null && secondsBetween( paid, new Date().toISOString() ) > NOT_BY_ITSELF_S;
}

/** The newest refund that failed need not be the newest: a bank may give money back days later. */
function whyFailed( { refunds }: JobDetail ): string {
	const failed = refunds.find( ( { status } ) => status === 'failed' );
	return failed?.failure_message || failureWords( failed?.failure_code ?? '' );
}

/** What is wrong in words, with what this job adds to the general sentence. */
function sentenceOf( reason: Attention, job: JobDetail ): string {
	if ( reason === 'paid_not_started' && isOld( job ) ) {
		return __(
			'The payment arrived more than 7 days ago and the image was never started. It does not start by itself any more: start it, or pay the customer back.',
			'sell-my-images'
		);
	}
	const sentence = attentionSentence( reason, job.status );
	const why = reason === 'refund_failed' ? whyFailed( job ) : '';
	return why ? `${ sentence } ${ why }` : sentence;
}

/** Two boxes with the same remedy would be one too many. */
function shownReasons( { attention_all: all }: JobDetail ): Attention[] {
	return all.includes( 'refund_failed' ) ? all.filter( ( reason ) => reason !== 'failed_not_refunded' ) : all;
}

function Box( { job, perform, reason }: Props & { reason: Attention } ) {
	const { badge, intent, fix, isRefundOffered } = wordsOfAttention( reason );
	return (
		<div className={ `smi-attention is-${ intent }` } role="group" aria-label={ badge }>
			<strong>{ badge }</strong>
			<p>{ sentenceOf( reason, job ) }</p>
			<div className="smi-row">
				{ fix && <Fix job={ job } perform={ perform } fix={ fix } /> }
				{ reason === 'refund_failed' && <LinkFix job={ job } perform={ perform } /> }
				{ isRefundOffered && <RefundFix job={ job } perform={ perform } variant="secondary" /> }
			</div>
		</div>
	);
}

/** One box per reason: what is wrong, and the remedy in one click. */
export function AttentionBoxes( { job, perform }: Props ) {
	return (
		<>
			{ shownReasons( job ).map( ( reason ) => (
				<Box key={ reason } job={ job } perform={ perform } reason={ reason } />
			) ) }
		</>
	);
}
