import { DownloadLinkDialog } from './download-link';
import { RefundDialog } from './refund';
import { RetryDialog } from './retry';
import { StatusDialog } from './status';
import type { ComponentType } from 'react';

import type { ActionId } from '../actions/types';
import type { DialogProps } from './types';

/** Null: that action asks nothing. */
export const DIALOGS: Record< ActionId, ComponentType< DialogProps > | null > = {
	retry: RetryDialog,
	refund: RefundDialog,
	download_token: DownloadLinkDialog,
	status: StatusDialog,
	email: null,
	refresh: null,
};
