import { __ } from '@wordpress/i18n';
import type { MouseEvent } from 'react';

import { TabCount } from './count';
import { STATUSES, statusWords } from '../words/status';
import { isPlainClick } from '../list/plain-click';
import type { JobStats } from '../../api/contracts.generated';
import type { PlaceApi } from '../view/use-place';
import type { Place, Tab } from '../view/types';

interface TabInfo {
	tab: Tab;
	label: string;
	count: number | undefined;
}

function tabInfos( counts: JobStats[ 'counts' ] | undefined ): TabInfo[] {
	const words = statusWords();
	return [
		{
			tab: 'all',
			label: __( 'All', 'sell-my-images' ),
			count: counts?.all,
		},
		{
			tab: 'attention',
			label: __( 'Needs attention', 'sell-my-images' ),
			count: counts?.attention.any,
		},
		...STATUSES.map( ( status ) => ( {
			tab: status,
			label: words[ status ].label,
			count: counts?.status[ status ],
		} ) ),
	];
}

/** Where a tab leads: its first page, with the filters as they are. */
const toTab = ( tab: Tab, { view }: Place ): Partial< Place > => ( {
	tab,
	job: null,
	view: { ...view, page: 1 },
} );

interface Props extends PlaceApi {
	counts: JobStats[ 'counts' ] | undefined;
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
				{ tabInfos( counts ).map( ( { tab, label, count } ) => (
					<li key={ tab }>
						<a
							href={ hrefOf( toTab( tab, place ) ) }
							aria-current={ tab === place.tab ? 'page' : undefined }
							onClick={ ( event ) => open( event, tab ) }
						>
							{ label } <TabCount count={ count } isUrgent={ tab === 'attention' } />
						</a>
					</li>
				) ) }
			</ul>
		</nav>
	);
}
