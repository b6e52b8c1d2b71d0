import type Stripe from 'stripe';
import type { Context } from '../context.ts';
import { noSuch } from '../errors.ts';
import { idOf } from '../ids.ts';
import { isInquiry } from '../objects/dispute.ts';
import { applyDispute } from '../outcomes/dispute.ts';
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

	const find = ( id: string ): Stripe.Dispute => {
		const dispute = context.store.get( 'disputes', id );
		if ( ! dispute ) {
			throw noSuch( 'dispute', id, 'dispute' );
		}
		return dispute;
	};
	add( 'GET', '/v1/disputes/:id', ( { id } ) => find( id ) );

	add( 'POST', '/v1/disputes/:id', ( { id, params } ) => {
		params.only( [ 'evidence', 'expand', 'metadata', 'submit' ] );
		const dispute = find( id );
		dispute.metadata = params.mergedMetadata( 'metadata', dispute.metadata );
		context.store.changed();
		context.events.emit( 'charge.dispute.updated', dispute );
		return dispute;
	} );

	// The seller gives in: a chargeback is lost, an inquiry just ends.
	add( 'POST', '/v1/disputes/:id/close', ( { id, params } ) => {
		params.only( [ 'expand' ] );
		const dispute = find( id );
		const status = isInquiry( dispute.status ) ? 'warning_closed' : 'lost';
		return applyDispute( context, idOf( dispute.payment_intent ) ?? '', { status, id } );
	} );
}
