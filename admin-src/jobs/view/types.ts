import type { Filter, ViewTable } from '@wordpress/dataviews/wp';

import type { JobStatus } from '../../api/contracts.generated';

export type Tab = 'all' | 'attention' | JobStatus;

/** The view as the owner made it; what is rendered may be derived from it. */
export interface JobsView extends Look {
	search: string;
	filters: Filter[];
	sort: { field: string; direction: 'asc' | 'desc' };
	page: number;
}

export type Density = NonNullable< NonNullable< ViewTable[ 'layout' ] >[ 'density' ] >;

/** Everything that the address says. */
export interface Place {
	tab: Tab;
	view: JobsView;
	/** The open job. */
	job: string | null;
	/** The saved view that was opened; the list may have been changed since. */
	saved: string | null;
	/** Whether the report is open. */
	report: boolean;
	/** What a bar of the report is; null: what fits. */
	by: ReportStep | null;
}

export type ReportStep = 'day' | 'week' | 'month';

/** What stays with the user, on every machine. */
export interface Look {
	fields: string[];
	density: Density;
	perPage: number;
}
