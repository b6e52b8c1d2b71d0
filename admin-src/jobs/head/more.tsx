import { DropdownMenu, MenuGroup, MenuItem } from '@wordpress/components';
import { useRef, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { moreVertical } from '@wordpress/icons';

import { ReconcileDialog } from '../reconcile';

interface Props {
	hrefOf: ( id: string ) => string;
	onChanged: () => void;
}

/** What is needed now and then. */
export function MoreMenu( { hrefOf, onChanged }: Props ) {
	const [ isChecking, setChecking ] = useState( false );
	const part = useRef< HTMLDivElement >( null );
	const close = () => {
		setChecking( false );
		// The entry of the menu that opened it is gone.
		setTimeout( () => part.current?.querySelector( 'button' )?.focus() );
	};
	return (
		<div ref={ part }>
			<DropdownMenu
				icon={ moreVertical }
				label={ __( 'More', 'sell-my-images' ) }
				toggleProps={ { size: 'compact' } }
				popoverProps={ { placement: 'bottom-end' } }
			>
				{ ( { onClose } ) => (
					<MenuGroup>
						<MenuItem
							onClick={ () => {
								onClose();
								setChecking( true );
							} }
						>
							{ __( 'Check payments with Stripe…', 'sell-my-images' ) }
						</MenuItem>
					</MenuGroup>
				) }
			</DropdownMenu>
			{ isChecking && <ReconcileDialog hrefOf={ hrefOf } onChanged={ onChanged } onClose={ close } /> }
		</div>
	);
}
