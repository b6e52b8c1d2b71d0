import { __ } from '@wordpress/i18n';
import type { MouseEvent } from 'react';

import { TabCount } from './count';
import { STATUSES } from '../words/status';
import { tabLabel } from '../words/tab';
import { isPlainClick } from '../list/plain-click';
import type { TabCounts } from '../hooks/use-tab-counts';
import type { PlaceApi } from '../view/use-place';
import type { Place, Tab } from '../view/types';

const TABS: readonly Tab[] = [ 'all', 'attention', ...STATUSES ];

/** Where a tab leads: its first page, with the filters as they are. */
const toTab = ( tab: Tab, { view }: Place ): Partial< Place > => ( {
	tab,
	job: null,
	view: { ...view, page: 1 },
} );

interface Props extends PlaceApi {
	counts: TabCounts;
}

/** Links, so that a tab can be opened in another browser tab. */
export function Tabs( { counts, place, go, hrefOf }: Props ) {
	const open = ( event: MouseEvent, tab: Tab ) => {
		if ( isPlainClick( event ) ) {
			event.preventDefault();
			go( toTab( tab, place ), 'push' );
		}
	};
	return (
		<nav className="smi-tabs" aria-label={ __( 'Jobs by status', 'sell-my-images' ) }>
			<ul>
				{ TABS.map( ( tab ) => (
					<li key={ tab }>
						<a
							href={ hrefOf( toTab( tab, place ) ) }
							aria-current={ tab === place.tab ? 'page' : undefined }
							onClick={ ( event ) => open( event, tab ) }
						>
							{ tabLabel( tab ) } <TabCount count={ counts[ tab ] } isUrgent={ tab === 'attention' } />
						</a>
					</li>
				) ) }
			</ul>
		</nav>
	);
}
