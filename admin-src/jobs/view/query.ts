import { filterDays, filterList, filterNumber, filterText } from './filters';
import { dayEnd, dayStart } from '../../shared/zone';
import type { JobsFilter, JobsQuery } from '../../api/jobs';
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

function emailPart( { filters }: JobsView ): Part {
	const email = filterText( filters, 'email' );
	const isStart = filters.some( ( { field, operator } ) => field === 'email' && operator === 'startsWith' );
	if ( ! email ) {
		return {};
	}
	return isStart ? { email_start: email } : { email };
}

function valueParts( { filters, search }: JobsView ): Part {
	const resolution = filterText( filters, 'resolution' );
	const post = filterNumber( filters, 'post_id' );
	const attachment = filterNumber( filters, 'attachment_id' );
	return {
		...( search.trim() ? { search: search.trim() } : {} ),
		...( resolution ? { resolution } : {} ),
		...( post ? { post_id: post } : {} ),
		...( attachment ? { attachment_id: attachment } : {} ),
	};
}

/** The server's bounds are exclusive and count whole seconds. */
function dayParts( { filters }: JobsView, zone: string ): Part {
	const days = filterDays( filters, 'created_at' );
	const after = days && dayStart( days[ 0 ], zone );
	const before = days && dayEnd( days[ 1 ], zone );
	return after && before ? { after: secondBefore( after ), before } : {};
}

const secondBefore = ( iso: string ) => new Date( Date.parse( iso ) - 1000 ).toISOString().replace( '.000Z', 'Z' );

/**
 * What to ask the server. PHP sends the answers to the first of these along:
 * Admin\FirstRequests makes the same query from the same address.
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
		...emailPart( view ),
		...valueParts( view ),
		...dayParts( view, zone ),
	};
}

/**
 * What the tabs count: all of it but the tab itself, and the problems, which are
 * a tab as well.
 *
 * @param query What the list asks for.
 */
export function toTabsFilter( query: JobsQuery ): JobsFilter {
	const { per_page: size, page, orderby, order, status, attention, ...filter } = query;
	return filter;
}

/**
 * Whether the view shows its whole tab.
 *
 * @param query What is asked for.
 */
export function isUnfiltered( query: JobsQuery ): boolean {
	const problems = ( query.attention ?? [] ).filter( ( reason ) => reason !== 'any' );
	return Object.keys( toTabsFilter( query ) ).length === 0 && problems.length === 0;
}
