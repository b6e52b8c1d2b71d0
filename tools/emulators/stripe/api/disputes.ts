import type { Context } from '../context.ts';
import { noSuch } from '../errors.ts';
import { page } from './list.ts';
import type { AddRoute } from './route.ts';

export function addDisputeRoutes( add: AddRoute, context: Context ): void {
	add( 'GET', '/v1/disputes', ( { params, path } ) => {
		params.only( [ 'charge', 'created', 'ending_before', 'expand', 'limit', 'payment_intent', 'starting_after' ] );
		const [ charge, intent ] = [ params.text( 'charge' ), params.text( 'payment_intent' ) ];
		const rows = context.store
			.rows( 'disputes' )
			.filter(
				( { value } ) =>
					( charge === null || value.charge === charge ) &&
					( intent === null || value.payment_intent === intent )
			);
		return page( rows, params, path );
	} );

	add( 'GET', '/v1/disputes/:id', ( { id } ) => {
		const dispute = context.store.get( 'disputes', id );
		if ( ! dispute ) {
			throw noSuch( 'dispute', id, 'dispute' );
		}
		return dispute;
	} );
}
