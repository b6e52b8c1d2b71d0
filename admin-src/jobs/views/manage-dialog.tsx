import { Modal } from '@wordpress/components';
import { useDispatch } from '@wordpress/data';
import { useRef } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { store as noticesStore } from '@wordpress/notices';

import { ViewRow } from './view-row';
import type { NamedView } from './types';
import type { NamedViews } from './use-named-views';
import type { PlaceApi } from '../view/use-place';

interface Props {
	places: PlaceApi;
	named: NamedViews;
	onClose: () => void;
}

export function ManageDialog( { places, named, onClose }: Props ) {
	const { createSuccessNotice } = useDispatch( noticesStore );
	const list = useRef< HTMLUListElement >( null );
	const remove = ( view: NamedView, index: number ) => {
		named.remove( view.id );
		/* translators: %s: the name of a saved view. */
		const words = sprintf( __( 'The view “%s” is deleted. No job was touched.', 'sell-my-images' ), view.name );
		const undo = { label: __( 'Undo', 'sell-my-images' ), onClick: () => named.restore( view, index ) };
		void createSuccessNotice( words, { type: 'snackbar', actions: [ undo ] } );
		if ( named.views.length === 1 ) {
			onClose();
			return;
		}
		// The button that had the focus is gone.
		list.current?.focus();
	};
	return (
		<Modal
			title={ __( 'My views', 'sell-my-images' ) }
			className="smi-dialog smi-my-views"
			size="medium"
			onRequestClose={ onClose }
		>
			<ul ref={ list } tabIndex={ -1 } aria-label={ __( 'My views', 'sell-my-images' ) }>
				{ named.views.map( ( view, index ) => (
					<ViewRow
						key={ view.id }
						view={ view }
						views={ named.views }
						isOpen={ view.id === places.place.saved }
						onRename={ ( name ) => named.edit( view.id, { name } ) }
						onRemove={ () => remove( view, index ) }
					/>
				) ) }
			</ul>
		</Modal>
	);
}
