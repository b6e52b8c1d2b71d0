import { Button, DropdownMenu } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { closeSmall, moreVertical } from '@wordpress/icons';
import type { KeyboardEvent } from 'react';

import { bulkActions, type BulkAction } from './actions';
import { focusSelectAll } from './focus';
import { selectAllWords, selectedWords } from './words';
import { ExportDialog } from '../export';
import { getBoot } from '../../shared/boot';
import type { ActionId } from '../actions/types';
import type { PageEntry } from '../store/types';
import type { Scope } from './types';
import type { Selection } from './use-selection';

const BUTTONS = 3;

interface Props {
	selection: Selection;
	page: PageEntry;
	onAction: ( action: ActionId ) => void;
}

interface ActionsProps {
	actions: BulkAction[];
	onAction: ( action: ActionId ) => void;
	onExport: () => void;
}

function Actions( { actions, onAction, onExport }: ActionsProps ) {
	const more = actions.slice( BUTTONS );
	return (
		<div className="smi-selection__actions">
			{ actions.slice( 0, BUTTONS ).map( ( { id, label } ) => (
				<Button key={ id } variant="secondary" size="compact" onClick={ () => onAction( id ) }>
					{ label }
				</Button>
			) ) }
			{ getBoot().caps.export && (
				<Button variant="secondary" size="compact" onClick={ onExport }>
					{ __( 'Export…', 'sell-my-images' ) }
				</Button>
			) }
			{ more.length > 0 && (
				<DropdownMenu
					icon={ moreVertical }
					label={ __( 'More for the selected jobs', 'sell-my-images' ) }
					toggleProps={ { size: 'compact' } }
					popoverProps={ { placement: 'top-end' } }
					controls={ more.map( ( { id, label } ) => ( { title: label, onClick: () => onAction( id ) } ) ) }
				/>
			) }
		</div>
	);
}

/** What can be done with the selected jobs. Always there for those who listen, seen when something is selected. */
export function SelectionBar( { selection, page, onAction }: Props ) {
	const [ exported, setExported ] = useState< Scope | null >( null );
	const words = selectedWords( selection, page );
	const { scope, count } = selection;
	const clear = () => {
		selection.clear();
		focusSelectAll();
	};
	const onKeyDown = ( event: KeyboardEvent ) => {
		if ( event.key === 'Escape' && ! event.defaultPrevented ) {
			event.preventDefault();
			clear();
		}
	};
	return (
		<>
			<div className="screen-reader-text" role="status">
				{ words }
			</div>
			{ words && (
				/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape works from anywhere inside. */
				<section
					className="smi-selection"
					aria-label={ __( 'Selected jobs', 'sell-my-images' ) }
					onKeyDown={ onKeyDown }
				>
					<strong>{ words }</strong>
					{ scope.kind === 'ids' && page.total > count && (
						<Button variant="link" onClick={ selection.selectAll }>
							{ selectAllWords( page ) }
						</Button>
					) }
					<Actions actions={ bulkActions() } onAction={ onAction } onExport={ () => setExported( scope ) } />
					<Button
						size="compact"
						icon={ closeSmall }
						label={ __( 'Clear selection', 'sell-my-images' ) }
						onClick={ clear }
					/>
				</section>
			) }
			{ exported && <ExportDialog scope={ exported } onClose={ () => setExported( null ) } /> }
		</>
	);
}
