import type { View } from '@wordpress/dataviews/wp';

import type { Density, JobsView } from './types';

export type Layout = 'wide' | 'beside-panel' | 'phone';

const FIELDS_BESIDE_PANEL = [ 'status', 'amount_charged' ];
const FIELDS_ON_PHONE = [ 'status', 'amount_charged', 'created_at' ];

/** The fields that make up the first column. */
const PRIMARY = {
	mediaField: 'thumbnail',
	titleField: 'post_title',
	descriptionField: 'summary',
} as const;

/** The one place that makes a DataViews view, so that nobody casts the union. */
export function toDataView( view: JobsView, layout: Layout ): View {
	const shared = {
		...PRIMARY,
		search: view.search,
		filters: view.filters,
		sort: view.sort,
		page: view.page,
		perPage: view.perPage,
	};
	if ( layout === 'phone' ) {
		return {
			...shared,
			type: 'list',
			fields: FIELDS_ON_PHONE,
			layout: { density: view.density },
		};
	}
	return {
		...shared,
		type: 'table',
		fields: layout === 'wide' ? view.fields : FIELDS_BESIDE_PANEL,
		layout: {
			density: view.density,
			enableMoving: layout === 'wide',
			styles: {
				amount_charged: { align: 'end' },
				refund_amount: { align: 'end' },
				kept: { align: 'end' },
				duration: { align: 'end' },
				attempt_count: { align: 'end' },
			},
		},
	};
}

function densityOf( next: View ): Density | undefined {
	return next.type === 'table' || next.type === 'list' ? next.layout?.density : undefined;
}

/**
 * The owner's view after a change in DataViews. Columns are taken over only where
 * they were the owner's own; filters and search start again at page 1.
 *
 * @param next   What DataViews made of it.
 * @param view   The view before.
 * @param layout How it was rendered.
 */
export function fromDataView( next: View, view: JobsView, layout: Layout ): JobsView {
	const filters = next.filters ?? [];
	const search = next.search ?? '';
	const isOther = search !== view.search || JSON.stringify( filters ) !== JSON.stringify( view.filters );
	return {
		search,
		filters,
		sort: next.sort ?? view.sort,
		page: isOther ? 1 : ( next.page ?? 1 ),
		perPage: next.perPage ?? view.perPage,
		fields: layout === 'wide' ? ( next.fields ?? view.fields ) : view.fields,
		density: densityOf( next ) ?? view.density,
	};
}
