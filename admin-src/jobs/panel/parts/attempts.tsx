import { Button } from '@wordpress/components';
import { __, _n, sprintf } from '@wordpress/i18n';

import { attemptWords, providerWords } from './attempt-words';
import { Section } from './section';
import { TimeAgo } from '../../../shared/components/time-ago';
import { formatMoney, isZero } from '../../../shared/money';
import { isAllowed } from '../../actions';
import type { Attempt, JobDetail } from '../../../api/contracts.generated';
import type { Perform } from '../../actions/use-perform';

function costWords( attempt: Attempt, currency: string ): string | null {
	if ( attempt.may_cost_credits > 0 ) {
		return sprintf(
			/* translators: %d: a number of credits. */
			_n(
				'may have been paid, up to %d credit',
				'may have been paid, up to %d credits',
				attempt.may_cost_credits,
				'sell-my-images'
			),
			attempt.may_cost_credits
		);
	}
	return isZero( attempt.cost ) ? null : formatMoney( attempt.cost ?? '0', currency );
}

interface Props {
	job: JobDetail;
	perform: Perform;
}

function Item( { job, perform, attempt }: Props & { attempt: Attempt } ) {
	const facts = [
		providerWords()[ attempt.provider ],
		attempt.is_override ? __( 'started by hand', 'sell-my-images' ) : null,
		costWords( attempt, job.currency ),
	].filter( Boolean );
	const isLateSuccess = attempt.has_result && ! attempt.is_current;
	return (
		<li>
			<strong>{ attemptWords()[ attempt.state ] }</strong>{ ' ' }
			<TimeAgo iso={ attempt.ended_at ?? attempt.created_at } />
			<div className="smi-quiet">{ facts.join( ' · ' ) }</div>
			{ attempt.provider_id && <bdi className="smi-id">{ attempt.provider_id }</bdi> }
			{ attempt.error && <p className="smi-bad">{ attempt.error }</p> }
			{ isLateSuccess && isAllowed( job, 'retry' ) && (
				<Button
					variant="secondary"
					size="compact"
					onClick={ () => perform( job.job_id, 'retry', attempt.uuid ) }
				>
					{ __( 'Use this image', 'sell-my-images' ) }
				</Button>
			) }
		</li>
	);
}

export function AttemptsPart( { job, perform }: Props ) {
	return job.attempts.length ? (
		<Section title={ __( 'Attempts', 'sell-my-images' ) }>
			<ul className="smi-items">
				{ job.attempts.map( ( attempt ) => (
					<Item key={ attempt.uuid } job={ job } perform={ perform } attempt={ attempt } />
				) ) }
			</ul>
		</Section>
	) : null;
}
