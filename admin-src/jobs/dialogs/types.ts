import type { JobDetail } from '../../api/contracts.generated';

export interface DialogProps {
	job: JobDetail;
	/** For `If-Match`. */
	etag: string;
	/** A late success to apply. */
	attempt?: string;
	onClose: () => void;
	/** Fetch the job again: it changed meanwhile. */
	onReload: () => void;
}
