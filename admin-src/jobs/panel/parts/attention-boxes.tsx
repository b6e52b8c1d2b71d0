import { Button } from '@wordpress/components';

import { isAllowed } from '../../actions';
import { attentionWords } from '../../words/attention';
import type { Attention, JobDetail } from '../../../api/contracts.generated';
import type { Perform } from '../../actions/use-perform';

interface Props {
	job: JobDetail;
	perform: Perform;
}

function Fix( { job, perform, reason }: Props & { reason: Attention } ) {
	const { fix } = attentionWords()[ reason ];
	if ( 'stripe' in fix ) {
		return job.stripe_url ? (
			<Button variant="primary" size="compact" href={ job.stripe_url } target="_blank" rel="noreferrer">
				{ fix.label }
			</Button>
		) : null;
	}
	return isAllowed( job, fix.action ) ? (
		<Button variant="primary" size="compact" onClick={ () => perform( job.job_id, fix.action ) }>
			{ fix.label }
		</Button>
	) : null;
}

/** One box per reason: what is wrong, and the remedy in one click. */
export function AttentionBoxes( { job, perform }: Props ) {
	return (
		<>
			{ job.attention_all.map( ( reason ) => {
				const { badge, sentence, intent } = attentionWords()[ reason ];
				return (
					<div key={ reason } className={ `smi-attention is-${ intent }` } role="group" aria-label={ badge }>
						<strong>{ badge }</strong>
						<p>{ sentence }</p>
						<Fix job={ job } perform={ perform } reason={ reason } />
					</div>
				);
			} ) }
		</>
	);
}
