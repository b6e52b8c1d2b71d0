import type { ActionId } from '../actions/types';
import type { JobStats } from '../../api/contracts.generated';

/** A batch that works in the background, as the counts tell of it. */
export interface RunningBatch {
	id: string;
	action: ActionId;
	total: number;
	left: number;
}

/**
 * The batches among the site's notices.
 *
 * @param notices Of the stats.
 */
export function runningOf( notices: JobStats[ 'notices' ] ): RunningBatch[] {
	return notices
		.filter( ( { code, data } ) => code === 'batch_running' && typeof data.batch === 'string' )
		.map( ( { data } ) => ( {
			id: String( data.batch ),
			action: data.action as ActionId,
			total: Number( data.total ),
			left: Number( data.left ),
		} ) );
}
