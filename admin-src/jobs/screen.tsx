import { useCallback } from '@wordpress/element';
import { __ } from '@wordpress/i18n';

import { usePerform } from './actions/use-perform';
import { BatchPart } from './batch/part';
import { BatchStrip } from './batch/strip';
import { useBatches } from './batch/use-batches';
import { DialogHost } from './dialogs';
import { HeadActions } from './head';
import { useJobsPage } from './hooks/use-jobs-page';
import { useLayout } from './hooks/use-layout';
import { useLivePoll } from './hooks/use-live-poll';
import { newJobs } from './hooks/new-jobs';
import { useTabCounts } from './hooks/use-tab-counts';
import { JobsList } from './list';
import { SiteNotices } from './notices';
import { Panel } from './panel';
import { usePanelSoon } from './panel/use-body';
import { useNeighbours } from './panel/use-neighbours';
import { Report } from './report';
import { SelectionBar } from './selection/bar';
import { useSelection } from './selection/use-selection';
import { ConnectionNotice } from './states/connection';
import { Tabs } from './tabs';
import { usePlace } from './view/use-place';
import { getBoot } from '../shared/boot';
import { Boundary } from '../shared/components/boundary';
import { Snackbars } from '../shared/components/snackbars';

/** The link that a job was opened with, to give the focus back to. */
function focusLinkOf( id: string ) {
	document.querySelector< HTMLElement >( `a[data-open="${ CSS.escape( id ) }"]:not([tabindex="-1"])` )?.focus();
}

export function JobsScreen() {
	const places = usePlace();
	const { place, go } = places;
	const listed = useJobsPage( place );
	const layout = useLayout( place.job !== null );
	const { perform, dialog, closeDialog } = usePerform();
	const { counts, isOfThisList, notices } = useTabCounts( listed.query );
	const neighbours = useNeighbours( listed.page, listed.isLoading, places );
	const selection = useSelection( listed );
	const batches = useBatches( notices, selection, listed.reload );
	useLivePoll( listed.page.ids, place.job );
	usePanelSoon();

	const open = useCallback( ( id: string ) => go( { job: id }, 'push' ), [ go ] );
	const close = () => {
		const id = place.job;
		go( { job: null } );
		// After the list has its columns back.
		setTimeout( () => id && focusLinkOf( id ) );
	};
	return (
		<div className={ `smi-jobs is-${ layout }` }>
			<div className="smi-jobs__head">
				<h1>{ __( 'Jobs', 'sell-my-images' ) }</h1>
				{ getBoot().testMode && <span className="smi-test-mode">{ __( 'Test mode', 'sell-my-images' ) }</span> }
				<HeadActions places={ places } listed={ listed } />
			</div>
			<Tabs { ...places } counts={ counts } />
			<div className="smi-jobs__notices">
				<ConnectionNotice page={ listed.page } onRetry={ listed.retry } />
				<SiteNotices notices={ notices } />
				{ batches.strips.map( ( running ) => (
					<BatchStrip
						key={ running.id }
						running={ running }
						onShow={ () => batches.show( running.id ) }
						onEnded={ batches.ask }
					/>
				) ) }
			</div>
			<Boundary of={ String( place.report ) }>
				<Report places={ places } query={ listed.query } />
			</Boundary>
			<div className="smi-jobs__columns">
				<JobsList
					places={ places }
					listed={ listed }
					layout={ layout }
					newJobs={ newJobs( place.tab, listed.page, isOfThisList ? counts : null ) }
					perform={ perform }
					selection={ selection }
					selectionBar={
						layout !== 'phone' && (
							<SelectionBar selection={ selection } page={ listed.page } onAction={ batches.begin } />
						)
					}
					open={ open }
				/>
				{ place.job && (
					<Panel
						id={ place.job }
						places={ places }
						neighbours={ neighbours }
						total={ listed.page.total }
						perform={ perform }
						onClose={ close }
					/>
				) }
			</div>
			<Boundary of={ dialog ? `${ dialog.action } ${ dialog.jobId }` : '' }>
				{ dialog && <DialogHost dialog={ dialog } onClose={ closeDialog } /> }
			</Boundary>
			<Boundary of={ batches.task?.kind ?? '' }>
				<BatchPart batches={ batches } hrefOf={ ( job ) => places.hrefOf( { job } ) } />
			</Boundary>
			<div className="smi-snackbars">
				<Snackbars />
			</div>
		</div>
	);
}
