import { __ } from '@wordpress/i18n';

import { actionOf } from '../actions';
import { getBoot } from '../../shared/boot';
import type { ActionId } from '../actions/types';

/** Most used first: as many as fit are buttons, the others stand in a menu. */
const LABELS: Record< ActionId, () => string > = {
	retry: () => __( 'Make again…', 'sell-my-images' ),
	refund: () => __( 'Refund…', 'sell-my-images' ),
	email: () => __( 'Send e-mail…', 'sell-my-images' ),
	download_token: () => __( 'New link…', 'sell-my-images' ),
	status: () => __( 'Set status…', 'sell-my-images' ),
	refresh: () => __( 'Check now…', 'sell-my-images' ),
};

export interface BulkAction {
	id: ActionId;
	label: string;
}

/** What this user may do with many jobs. Whether a job lets it happen is the dry run's to say. */
export function bulkActions(): BulkAction[] {
	const { caps } = getBoot();
	return ( Object.keys( LABELS ) as ActionId[] )
		.filter( ( id ) => caps[ actionOf( id ).capability ] )
		.map( ( id ) => ( { id, label: LABELS[ id ]() } ) );
}

/** Whether there is anything to select jobs for. */
export function canSelect(): boolean {
	const { manage, refund, export: mayExport } = getBoot().caps;
	return manage || refund || mayExport;
}
