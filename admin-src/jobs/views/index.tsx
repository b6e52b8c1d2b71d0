import { DropdownMenu } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { chevronDown } from '@wordpress/icons';

import { addressOf } from './address';
import { ViewsMenuItems } from './menu';
import { useNamedViews } from './use-named-views';
import { WithChunk } from '../dialogs/with-chunk';
import type { NamedView } from './types';
import type { PlaceApi } from '../view/use-place';

const loadSave = () => import( /* webpackChunkName: "views" */ './save-dialog' );
const loadManage = () => import( /* webpackChunkName: "views" */ './manage-dialog' );

/** What the button says: the open view, and whether the list has left it. */
function buttonText( view: NamedView | undefined, isChanged: boolean ): string {
	if ( ! view ) {
		return __( 'Views', 'sell-my-images' );
	}
	return isChanged
		? /* translators: %s: the name of a saved view. */
			sprintf( __( 'View: %s (changed)', 'sell-my-images' ), view.name )
		: /* translators: %s: the name of a saved view. */
			sprintf( __( 'View: %s', 'sell-my-images' ), view.name );
}

/** Views of the list: those that come with it, and the user's own. */
export function ViewsMenu( places: PlaceApi ) {
	const { place } = places;
	const named = useNamedViews();
	const [ dialog, setDialog ] = useState< 'save' | 'manage' | null >( null );
	const opened = named.views.find( ( { id } ) => id === place.saved );
	const isChanged = !! opened && opened.address !== addressOf( place );
	const close = () => setDialog( null );
	const text = buttonText( opened, isChanged );
	return (
		<>
			<DropdownMenu
				className="smi-views"
				icon={ chevronDown }
				text={ text }
				label={ text }
				toggleProps={ { size: 'compact', iconPosition: 'right', showTooltip: false } }
				popoverProps={ { placement: 'bottom-end' } }
			>
				{ ( { onClose } ) => (
					<ViewsMenuItems
						places={ places }
						named={ named }
						opened={ opened }
						isChanged={ isChanged }
						onClose={ onClose }
						onDialog={ setDialog }
					/>
				) }
			</DropdownMenu>
			{ dialog === 'save' && (
				<WithChunk load={ loadSave } onClose={ close }>
					{ ( { SaveDialog } ) => <SaveDialog places={ places } named={ named } onClose={ close } /> }
				</WithChunk>
			) }
			{ dialog === 'manage' && (
				<WithChunk load={ loadManage } onClose={ close }>
					{ ( { ManageDialog } ) => <ManageDialog places={ places } named={ named } onClose={ close } /> }
				</WithChunk>
			) }
		</>
	);
}
