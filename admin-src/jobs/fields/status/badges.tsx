import { Badge } from '@wordpress/ui';

import { attentionSentence, wordsOfAttention } from '../../words/attention';
import { wordsOfJob } from '../../words/status';
import type { Attention, Job, JobStatus } from '../../../api/contracts.generated';

export function StatusBadge( { job }: { job: Pick< Job, 'status' | 'is_payment_under_way' > } ) {
	const { label, intent } = wordsOfJob( job );
	return (
		<Badge className="smi-badge" intent={ intent }>
			{ label }
		</Badge>
	);
}

export function AttentionBadge( { attention, status }: { attention: Attention; status: JobStatus } ) {
	const { badge, intent } = wordsOfAttention( attention );
	return (
		<Badge className="smi-badge" intent={ intent } title={ attentionSentence( attention, status ) }>
			{ badge }
		</Badge>
	);
}
