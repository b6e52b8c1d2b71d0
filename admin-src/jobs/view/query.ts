import { filterDays, filterList, filterNumber, filterText } from './filters';
import { dayEnd, dayStart } from '../../shared/zone';
import type { JobsQuery } from '../../api/jobs';
import type { JobsView, Tab } from './types';

type Part = Partial< JobsQuery >;

function tabPart( tab: Tab ): Part {
	if ( tab === 'all' ) {
		return {};
	}
	return tab === 'attention' ? { attention: [ 'any' ] } : { status: [ tab ] };
}

function listParts( { filters }: JobsView ): Part {
	const payment = filterList( filters, 'payment_status' );
	const attention = filterList( filters, 'attention' );
	return {
		...( payment.length ? { payment_status: payment } : {} ),
		...( attention.length ? { attention } : {} ),
	};
}

function valueParts( { filters, search }: JobsView ): Part {
	const resolution = filterText( filters, 'resolution' );
	const email = filterText( filters, 'email' );
	const post = filterNumber( filters, 'post_id' );
	const attachment = filterNumber( filters, 'attachment_id' );
	return {
		...( search.trim() ? { search: search.trim() } : {} ),
		...( resolution ? { resolution } : {} ),
		...( email ? { email } : {} ),
		...( post ? { post_id: post } : {} ),
		...( attachment ? { attachment_id: attachment } : {} ),
	};
}

function dayParts( { filters }: JobsView, zone: string ): Part {
	const days = filterDays( filters, 'created_at' );
	const after = days && dayStart( days[ 0 ], zone );
	const before = days && dayEnd( days[ 1 ], zone );
	return after && before ? { after, before } : {};
}

/**
 * What to ask the server. The first page of the untouched screen must stay the
 * query that PHP preloads: per_page=20, page=1, orderby=created_at, order=desc.
 *
 * @param tab  The open tab.
 * @param view The owner's view.
 * @param zone The site's zone, for the day filter.
 */
export function toQuery( tab: Tab, view: JobsView, zone: string ): JobsQuery {
	return {
		per_page: view.perPage,
		page: view.page,
		orderby: view.sort.field,
		order: view.sort.direction,
		...tabPart( tab ),
		...listParts( view ),
		...valueParts( view ),
		...dayParts( view, zone ),
	};
}

/**
 * Whether the view shows its whole tab, so that the tab's count is its total.
 *
 * @param query What is asked for.
 */
export function isUnfiltered( query: JobsQuery ): boolean {
	const narrowing: Array< keyof JobsQuery > = [
		'search',
		'payment_status',
		'resolution',
		'email',
		'post_id',
		'attachment_id',
		'after',
	];
	return narrowing.every( ( name ) => query[ name ] === undefined );
}
