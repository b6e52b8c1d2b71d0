import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';

import { MoreMenu } from './more';
import { ExportDialog } from '../export';
import { REPORT_ID } from '../report';
import { getBoot } from '../../shared/boot';
import type { JobsQuery } from '../../api/jobs';
import type { PageEntry } from '../store/types';
import type { PlaceApi } from '../view/use-place';

interface Props {
	places: PlaceApi;
	/** What the list asks for, and what it got. */
	listed: { query: JobsQuery; page: PageEntry; reload: () => void };
}

/** What can be done with everything that the list shows. */
export function HeadActions( { places: { place, go, hrefOf }, listed: { query, page, reload } }: Props ) {
	const [ isExporting, setExporting ] = useState( false );
	return (
		<div className="smi-jobs__actions">
			<Button
				variant="secondary"
				size="compact"
				isPressed={ place.report }
				aria-expanded={ place.report }
				aria-controls={ place.report ? REPORT_ID : undefined }
				onClick={ () => go( { report: ! place.report }, 'push' ) }
			>
				{ __( 'Report', 'sell-my-images' ) }
			</Button>
			{ getBoot().caps.export && (
				<Button
					variant="secondary"
					size="compact"
					disabled={ page.total === 0 }
					accessibleWhenDisabled
					onClick={ () => setExporting( true ) }
				>
					{ __( 'Export…', 'sell-my-images' ) }
				</Button>
			) }
			{ getBoot().caps.manage && <MoreMenu hrefOf={ ( job ) => hrefOf( { job } ) } onChanged={ reload } /> }
			{ isExporting && (
				<ExportDialog
					scope={ { kind: 'filter', query, total: page.total, isFloor: page.isTotalFloor } }
					onClose={ () => setExporting( false ) }
				/>
			) }
		</div>
	);
}
