import type { Filter, ViewTable } from '@wordpress/dataviews/wp';

import type { JobStatus } from '../../api/contracts.generated';

export type Tab = 'all' | 'attention' | JobStatus;

/** The view as the owner made it; what is rendered may be derived from it. */
export interface JobsView {
	search: string;
	filters: Filter[];
	sort: { field: string; direction: 'asc' | 'desc' };
	page: number;
	perPage: number;
	fields: string[];
	density: Density;
}

export type Density = NonNullable< NonNullable< ViewTable[ 'layout' ] >[ 'density' ] >;

/** Everything that the address says. */
export interface Place {
	tab: Tab;
	view: JobsView;
	/** The open job. */
	job: string | null;
}

/** What stays with the user, on every machine. */
export interface SavedView {
	fields: string[];
	density: Density;
	perPage: number;
}
