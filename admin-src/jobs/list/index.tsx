import { DataViews, type View } from '@wordpress/dataviews/wp';
import { useMemo } from '@wordpress/element';
import type { ReactNode } from 'react';

import { ListFooter } from './footer';
import { itemLinkFor } from './item-link';
import { NewJobs } from './new-jobs';
import { useRowActions } from './use-row-actions';
import { leaveLinksAlone, useRowClick } from './use-row-click';
import { jobFields } from '../fields';
import { JobsSearch } from '../search';
import { useSearchKey } from '../search/use-search-key';
import { LoadError } from '../states/load-error';
import { NoJobs } from '../states/empty';
import { fromDataView, toDataView, type Layout } from '../view/data-view';
import { PER_PAGE_SIZES, defaultView, isModified } from '../view/defaults';
import { lastKnownPage } from '../view/pages';
import { ViewsMenu } from '../views';
import type { useJobsPage } from '../hooks/use-jobs-page';
import type { Perform } from '../actions/use-perform';
import type { PlaceApi } from '../view/use-place';
import type { Selection } from '../selection/use-selection';

interface Props {
	places: PlaceApi;
	listed: ReturnType< typeof useJobsPage >;
	layout: Layout;
	newJobs: number;
	perform: Perform;
	selection: Selection;
	/** What can be done with it. */
	selectionBar: ReactNode;
	open: ( id: string ) => void;
}

export function JobsList( props: Props ) {
	const { places, listed, layout, open, selection } = props;
	const { place, go, hrefOf } = places;
	const { page, query } = listed;
	const fields = useMemo( jobFields, [] );
	const actions = useRowActions( props.perform, open );
	const onRowClick = useRowClick( open );
	const [ searchKey, typed ] = useSearchKey( place.view.search );
	const onChangeView = ( next: View ) => {
		const view = fromDataView( next, place.view, layout );
		typed( view.search );
		go( { view } );
	};
	const ItemLink = useMemo(
		() =>
			itemLinkFor( {
				open,
				hrefOf: ( job ) => hrefOf( { job } ),
				current: place.job,
			} ),
		[ open, hrefOf, place.job ]
	);
	// The error stands where the rows would: "no jobs match" would be a lie.
	const empty =
		page.state === 'failed' && page.error ? (
			<LoadError error={ page.error } onRetry={ listed.retry } />
		) : (
			<NoJobs place={ place } go={ go } query={ query } />
		);
	return (
		/* eslint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events -- the keyboard has the title's link. */
		<div className="smi-list" onClick={ onRowClick } onClickCapture={ leaveLinksAlone }>
			<DataViews
				view={ toDataView( place.view, layout ) }
				onChangeView={ onChangeView }
				fields={ fields }
				actions={ actions }
				data={ listed.jobs }
				getItemId={ ( job ) => job.job_id }
				isLoading={ listed.isLoading }
				paginationInfo={ {
					totalItems: page.total,
					// It leads back from pages past the end; where the end is not known, nobody must.
					totalPages: page.at === null ? NaN : lastKnownPage( page, place.view ),
				} }
				defaultLayouts={ layout === 'phone' ? { list: {} } : { table: {} } }
				config={ { perPageSizes: PER_PAGE_SIZES } }
				renderItemLink={ ItemLink }
				empty={ empty }
				onReset={ isModified( place.view ) && ( () => go( { view: defaultView(), saved: null } ) ) }
				{ ...( layout === 'phone'
					? {
							selection: place.job ? [ place.job ] : [],
							onChangeSelection: ( [ id ]: string[] ) => id && open( id ),
						}
					: { selection: selection.onPage, onChangeSelection: selection.change } ) }
			>
				<div className="smi-list__bar">
					<JobsSearch key={ searchKey } />
					<DataViews.FiltersToggle />
					<span className="smi-list__space" />
					<NewJobs count={ props.newJobs } onShow={ listed.reload } />
					<ViewsMenu { ...places } />
					<DataViews.ViewConfig />
				</div>
				<DataViews.FiltersToggled className="smi-list__filters" />
				<DataViews.Layout className="smi-list__layout" />
				<ListFooter { ...{ page, place, go } } />
			</DataViews>
			{ props.selectionBar }
		</div>
	);
}
