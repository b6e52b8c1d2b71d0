import { Badge } from '@wordpress/ui';

import { attentionSentence, attentionWords } from '../../words/attention';
import { statusWords } from '../../words/status';
import type { Attention, JobStatus } from '../../../api/contracts.generated';

export function StatusBadge( { status }: { status: JobStatus } ) {
	const { label, intent } = statusWords()[ status ];
	return (
		<Badge className="smi-badge" intent={ intent }>
			{ label }
		</Badge>
	);
}

export function AttentionBadge( { attention, status }: { attention: Attention; status: JobStatus } ) {
	const { badge, intent } = attentionWords()[ attention ];
	return (
		<Badge className="smi-badge" intent={ intent } title={ attentionSentence( attention, status ) }>
			{ badge }
		</Badge>
	);
}
