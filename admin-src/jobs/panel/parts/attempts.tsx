import { Button } from '@wordpress/components';
import { __, _n, sprintf } from '@wordpress/i18n';

import { attemptWords, providerWords } from './attempt-words';
import { Section } from './section';
import { Copyable } from '../../../shared/components/copyable';
import { Facts, type Fact } from '../../../shared/components/facts';
import { formatMoney, isZero } from '../../../shared/money';
import { formatDuration, formatExact, secondsBetween } from '../../../shared/time';
import { isAllowed } from '../../actions';
import { reasonWords } from '../timeline/reasons';
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
	return isZero( attempt.cost ) ? null : formatMoney( attempt.cost ?? '0', attempt.cost_currency ?? currency );
}

function summary( attempt: Attempt, currency: string ): string {
	return [
		providerWords()[ attempt.provider ],
		/* translators: %d: how many times larger each side becomes. */
		attempt.factor ? sprintf( __( 'factor %d', 'sell-my-images' ), attempt.factor ) : null,
		attempt.is_override ? __( 'started by hand', 'sell-my-images' ) : null,
		costWords( attempt, currency ),
	]
		.filter( Boolean )
		.join( ' · ' );
}

/** "10:02:30 (58 s)": when it ended, and how long it took. */
function endWords( { sent_at: sent, ended_at: ended }: Attempt ): string | null {
	if ( ! ended ) {
		return null;
	}
	return sent
		? sprintf(
				/* translators: 1: an exact time, 2: a length of time. */
				__( '%1$s, after %2$s', 'sell-my-images' ),
				formatExact( ended ),
				formatDuration( secondsBetween( sent, ended ) )
			)
		: formatExact( ended );
}

function times( attempt: Attempt ): Fact[] {
	const { created_at: queued, sent_at: sent } = attempt;
	const ended = endWords( attempt );
	return [
		{ label: __( 'Queued', 'sell-my-images' ), value: <bdi>{ formatExact( queued ) }</bdi> },
		...( sent ? [ { label: __( 'Sent', 'sell-my-images' ), value: <bdi>{ formatExact( sent ) }</bdi> } ] : [] ),
		...( ended ? [ { label: __( 'Ended', 'sell-my-images' ), value: <bdi>{ ended }</bdi> } ] : [] ),
	];
}

interface Props {
	job: JobDetail;
	perform: Perform;
}

function Item( { job, perform, attempt }: Props & { attempt: Attempt } ) {
	const isLateSuccess = attempt.has_result && ! attempt.is_current;
	return (
		<li>
			<strong>{ attemptWords()[ attempt.state ] }</strong>
			<div className="smi-quiet">{ summary( attempt, job.currency ) }</div>
			{ attempt.provider_id && (
				<Copyable
					text={ attempt.provider_id }
					label={ __( 'Copy the upscaler’s number of this attempt', 'sell-my-images' ) }
				/>
			) }
			<Facts facts={ times( attempt ) } />
			{ attempt.error && <p className="smi-bad">{ reasonWords( attempt.error ) }</p> }
			{ isLateSuccess && isAllowed( job, 'retry' ) && (
				<Button
					variant="secondary"
					size="compact"
					onClick={ () => perform( job.job_id, 'retry', attempt.uuid ) }
				>
					{ __( 'Use this late image…', 'sell-my-images' ) }
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
