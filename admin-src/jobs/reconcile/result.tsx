import { aboutWords, leftOffWords, listWords, outcomeWords, unclearWords } from './words';
import { JobLink } from '../batch/job-link';
import { InlineError } from '../../shared/components/inline-error';
import type { Reconciliation } from '../../api/contracts.generated';

interface Props {
	run: Reconciliation;
	hrefOf: ( id: string ) => string;
}

/** What differs, with the jobs that it is about. */
export function Result( { run, hrefOf }: Props ) {
	const outcomes = outcomeWords();
	const leftOff = leftOffWords( run );
	const unclear = unclearWords( run );
	return (
		<>
			<p>
				<strong>{ run.message }</strong>
			</p>
			{ run.trouble && <InlineError>{ run.trouble.message }</InlineError> }
			{ run.differences.length > 0 && (
				<ul className="smi-batch__items smi-reconcile__items">
					{ run.differences.map( ( { object, job_id: job, message, outcome } ) => (
						<li key={ object }>
							{ job ? (
								<JobLink id={ job } hrefOf={ hrefOf } />
							) : (
								<bdi className="smi-id">{ object }</bdi>
							) }
							<span>
								{ message }
								{ outcomes[ outcome ] && <strong> { outcomes[ outcome ] }</strong> }
							</span>
						</li>
					) ) }
				</ul>
			) }
			{ leftOff && <p>{ leftOff }</p> }
			{ unclear && <p>{ unclear }</p> }
			<p className="smi-quiet">
				{ aboutWords( run ) } { run.lists.map( listWords ).join( ' · ' ) }
			</p>
		</>
	);
}
