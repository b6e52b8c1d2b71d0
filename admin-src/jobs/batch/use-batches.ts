import { useDispatch } from '@wordpress/data';
import { useEffect, useRef, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { store as noticesStore } from '@wordpress/notices';

import { runningOf } from './running';
import { runningWords } from './running-words';
import { store } from '../store';
import type { JobStats } from '../../api/contracts.generated';
import type { ActionId } from '../actions/types';
import type { Selection } from '../selection/use-selection';
import type { BatchTask } from './task';

/** Says that a batch ended while nobody watched it. */
function useEndNotice( show: ( id: string ) => void ) {
	const { createSuccessNotice } = useDispatch( noticesStore );
	return ( id: string, action: ActionId ) =>
		void createSuccessNotice(
			/* translators: %s: what was done, for example "Refunding jobs". */
			sprintf( __( '%s: finished.', 'sell-my-images' ), runningWords( action ) ),
			{
				type: 'snackbar',
				explicitDismiss: true,
				actions: [ { label: __( 'Show results', 'sell-my-images' ), onClick: () => show( id ) } ],
			}
		);
}

/**
 * The bulk dialog, and the batches in the background: when one ends, rows and
 * counts are fetched again.
 *
 * @param notices   Of the stats.
 * @param selection What is selected.
 * @param reload    Fetches the page of jobs again.
 */
export function useBatches( notices: JobStats[ 'notices' ], selection: Selection, reload: () => void ) {
	const [ task, setTask ] = useState< BatchTask | null >( null );
	const { loadStats } = useDispatch( store );
	const show = ( id: string ) => setTask( { kind: 'running', id } );
	const sayEnded = useEndNotice( show );
	const running = runningOf( notices );
	const before = useRef( running );

	const refresh = () => {
		reload();
		void loadStats();
	};
	const key = running.map( ( { id } ) => id ).join();
	useEffect( () => {
		const gone = before.current.filter( ( { id } ) => ! key.includes( id ) );
		before.current = running;
		gone.forEach( ( { id, action } ) => {
			reload();
			if ( ! task ) {
				sayEnded( id, action );
			}
		} );
		// eslint-disable-next-line react-hooks/exhaustive-deps -- when one comes or goes, not with each number.
	}, [ key ] );

	return {
		task,
		/** Those without their dialog open. */
		strips: running.filter( ( { id } ) => task?.kind !== 'running' || task.id !== id ),
		show,
		begin: ( action: ActionId ) => setTask( { kind: 'new', action, scope: selection.scope } ),
		started: () => {
			selection.clear();
			void loadStats();
		},
		ended: refresh,
		ask: () => void loadStats(),
		select: ( ids: string[] ) => {
			selection.pick( ids );
			setTask( null );
		},
		close: () => setTask( null ),
	};
}
