import type { Field } from '@wordpress/dataviews/wp';

import { amountChargedField } from './amount-charged';
import { attemptCountField } from './attempt-count';
import { attentionField } from './attention';
import { completedField, createdField, paidField, updatedField } from './dates';
import { durationField } from './duration';
import { emailField } from './email';
import { idFields } from './ids';
import { keptField } from './kept';
import { paymentStatusField } from './payment-status';
import { postTitleField } from './post-title';
import { refundAmountField } from './refund-amount';
import { resolutionField } from './resolution';
import { statusField } from './status';
import { summaryField } from './summary';
import { thumbnailField } from './thumbnail';
import type { Job } from '../../api/contracts.generated';

/** Made on demand, because labels need the translations to be there. */
export function jobFields(): Field< Job >[] {
	return [
		thumbnailField(),
		postTitleField(),
		summaryField(),
		statusField(),
		emailField(),
		amountChargedField(),
		createdField(),
		paymentStatusField(),
		attentionField(),
		resolutionField(),
		refundAmountField(),
		keptField(),
		durationField(),
		paidField(),
		completedField(),
		updatedField(),
		attemptCountField(),
		...idFields(),
	];
}
