import type { Context } from '../context.ts';
import { noSuch } from '../errors.ts';
import { page } from './list.ts';
import type { AddRoute } from './route.ts';

export function addPaymentIntentRoutes( add: AddRoute, context: Context ): void {
	add( 'GET', '/v1/payment_intents', ( { params, path } ) => {
		params.only( [ 'created', 'customer', 'ending_before', 'expand', 'limit', 'starting_after' ] );
		return page( context.store.rows( 'intents' ), params, path );
	} );

	add( 'GET', '/v1/payment_intents/:id', ( { id } ) => {
		const intent = context.store.get( 'intents', id );
		if ( ! intent ) {
			throw noSuch( 'payment_intent', id, 'intent' );
		}
		return intent;
	} );
}
