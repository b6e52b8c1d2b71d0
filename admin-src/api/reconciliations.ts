import { request } from './request';
import type { Reconciliation, ReconciliationRequest, ReconciliationStarted } from './contracts.generated';

const PATH = '/smi/v1/reconciliations';

/** The last ones, the newest first. */
export async function fetchReconciliations(): Promise< Reconciliation[] > {
	return ( await request< Reconciliation[] >( { path: PATH } ) ).body;
}

/**
 * How one stands.
 *
 * @param id The reconciliation.
 */
export async function fetchReconciliation( id: string ): Promise< Reconciliation > {
	return ( await request< Reconciliation >( { path: `${ PATH }/${ id }` } ) ).body;
}

/**
 * Asks for one; where one is under way already, that one is answered.
 *
 * @param data A dry run or not, and since when.
 */
export async function startReconciliation( data: ReconciliationRequest ): Promise< ReconciliationStarted > {
	return ( await request< ReconciliationStarted >( { method: 'POST', path: PATH, data } ) ).body;
}

/**
 * What was seen until then stays.
 *
 * @param id The reconciliation.
 */
export async function stopReconciliation( id: string ): Promise< Reconciliation > {
	return ( await request< Reconciliation >( { method: 'DELETE', path: `${ PATH }/${ id }` } ) ).body;
}
