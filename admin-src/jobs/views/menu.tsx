import { MenuGroup, MenuItem, MenuItemsChoice } from '@wordpress/components';
import { useDispatch } from '@wordpress/data';
import { __, sprintf } from '@wordpress/i18n';
import { store as noticesStore } from '@wordpress/notices';

import { addressOf, choiceOf, placeOf } from './address';
import { builtInViews } from './built-in';
import type { NamedView } from './types';
import type { NamedViews } from './use-named-views';
import type { PlaceApi } from '../view/use-place';

interface Props {
	places: PlaceApi;
	named: NamedViews;
	opened: NamedView | undefined;
	isChanged: boolean;
	onClose: () => void;
	onDialog: ( dialog: 'save' | 'manage' ) => void;
}

const NOTHING = '\0';

export function ViewsMenuItems( { places, named, opened, isChanged, onClose, onDialog }: Props ) {
	const { place, go } = places;
	const { createSuccessNotice } = useDispatch( noticesStore );
	const open = ( address: string, saved: string | null ) => {
		go( { ...placeOf( address, place.view ), saved, job: null }, 'push' );
		onClose();
	};
	const openOwn = ( id: string ) => {
		const view = named.views.find( ( each ) => each.id === id );
		if ( view ) {
			open( view.address, view.id );
		}
	};
	const update = ( view: NamedView ) => {
		named.edit( view.id, { address: addressOf( place ) } );
		/* translators: %s: the name of a saved view. */
		const words = sprintf( __( '“%s” is now what you see.', 'sell-my-images' ), view.name );
		void createSuccessNotice( words, { type: 'snackbar' } );
		onClose();
	};
	const dialog = ( which: 'save' | 'manage' ) => {
		onClose();
		onDialog( which );
	};
	return (
		<>
			<MenuGroup label={ __( 'Ready-made', 'sell-my-images' ) }>
				<MenuItemsChoice
					choices={ builtInViews().map( ( { name, address } ) => ( { label: name, value: address } ) ) }
					value={ opened ? NOTHING : ( matching( choiceOf( place ) ) ?? NOTHING ) }
					onSelect={ ( address ) => open( address, null ) }
					onHover={ () => {} }
				/>
			</MenuGroup>
			{ named.views.length > 0 && (
				<MenuGroup label={ __( 'My views', 'sell-my-images' ) }>
					<MenuItemsChoice
						choices={ named.views.map( ( { id, name } ) => ( { label: name, value: id } ) ) }
						value={ opened && ! isChanged ? opened.id : NOTHING }
						onSelect={ openOwn }
						onHover={ () => {} }
					/>
				</MenuGroup>
			) }
			<MenuGroup>
				{ opened && isChanged && (
					<MenuItem onClick={ () => update( opened ) }>
						{ sprintf(
							/* translators: %s: the name of a saved view. */
							__( 'Update “%s”', 'sell-my-images' ),
							opened.name
						) }
					</MenuItem>
				) }
				<MenuItem
					onClick={ () => dialog( 'save' ) }
					disabled={ named.isFull }
					{ ...( named.isFull
						? { info: __( 'You have 50 views. Delete one first.', 'sell-my-images' ) }
						: {} ) }
				>
					{ __( 'Save this view…', 'sell-my-images' ) }
				</MenuItem>
				{ named.views.length > 0 && (
					<MenuItem onClick={ () => dialog( 'manage' ) }>
						{ __( 'Rename or delete views…', 'sell-my-images' ) }
					</MenuItem>
				) }
			</MenuGroup>
		</>
	);
}

/** The built-in view that chooses the same jobs; addresses may be written in another order. */
function matching( choice: string ): string | undefined {
	const sorted = ( address: string ) => {
		const params = new URLSearchParams( address );
		params.sort();
		return params.toString();
	};
	return builtInViews().find( ( { address } ) => sorted( address ) === sorted( choice ) )?.address;
}
