import { Badge } from '@wordpress/ui';

import { attentionWords } from '../../words/attention';
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

export function AttentionBadge( { attention }: { attention: Attention } ) {
	const { badge, intent, sentence } = attentionWords()[ attention ];
	return (
		<Badge className="smi-badge" intent={ intent } title={ sentence }>
			{ badge }
		</Badge>
	);
}
