import type Stripe from 'stripe';
import type { Context } from '../context.ts';
import { noSuch } from '../errors.ts';
import { page } from './list.ts';
import { createRefund } from './refund-create.ts';
import type { AddRoute } from './route.ts';

function find( context: Context, id: string ): Stripe.Refund {
	const refund = context.store.get( 'refunds', id );
	if ( ! refund ) {
		throw noSuch( 'refund', id, 'id' );
	}
	return refund;
}

export function addRefundRoutes( add: AddRoute, context: Context ): void {
	add( 'POST', '/v1/refunds', ( { params } ) => createRefund( context, params ) );

	add( 'GET', '/v1/refunds', ( { params, path } ) => {
		params.only( [ 'charge', 'created', 'ending_before', 'expand', 'limit', 'payment_intent', 'starting_after' ] );
		const [ charge, intent ] = [ params.text( 'charge' ), params.text( 'payment_intent' ) ];
		const rows = context.store
			.rows( 'refunds' )
			.filter(
				( { value } ) =>
					( charge === null || value.charge === charge ) &&
					( intent === null || value.payment_intent === intent )
			);
		return page( rows, params, path );
	} );

	add( 'GET', '/v1/refunds/:id', ( { id } ) => find( context, id ) );

	add( 'POST', '/v1/refunds/:id', ( { id, params } ) => {
		const refund = find( context, id );
		params.only( [ 'expand', 'metadata' ] );
		refund.metadata = params.mergedMetadata( 'metadata', refund.metadata );
		context.store.changed();
		context.events.emit( 'refund.updated', refund );
		context.events.emit( 'charge.refund.updated', refund );
		return refund;
	} );
}
