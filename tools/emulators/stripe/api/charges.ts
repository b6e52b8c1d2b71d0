import type { Context } from '../context.ts';
import { noSuch } from '../errors.ts';
import { page } from './list.ts';
import type { AddRoute } from './route.ts';

export function addChargeRoutes( add: AddRoute, context: Context ): void {
	add( 'GET', '/v1/charges', ( { params, path } ) => {
		params.only( [
			'created',
			'customer',
			'ending_before',
			'expand',
			'limit',
			'payment_intent',
			'starting_after',
			'transfer_group',
		] );
		const intent = params.text( 'payment_intent' );
		const rows = context.store
			.rows( 'charges' )
			.filter( ( { value } ) => intent === null || value.payment_intent === intent );
		return page( rows, params, path );
	} );

	add( 'GET', '/v1/charges/:id', ( { id } ) => {
		const charge = context.store.get( 'charges', id );
		if ( ! charge ) {
			throw noSuch( 'charge', id, 'charge' );
		}
		return charge;
	} );
}
