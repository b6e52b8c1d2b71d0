import type Stripe from 'stripe';
import type { Context } from '../context.ts';
import { noSuch, StripeError } from '../errors.ts';
import { applyOutcome } from '../outcomes/session.ts';
import { listOf, page } from './list.ts';
import type { AddRoute } from './route.ts';
import { createSession } from './session-create.ts';

const LIST_PARAMS = [
	'created',
	'customer',
	'customer_details',
	'ending_before',
	'expand',
	'limit',
	'payment_intent',
	'payment_link',
	'starting_after',
	'status',
	'subscription',
];

function find( context: Context, id: string ): Stripe.Checkout.Session {
	const session = context.store.get( 'sessions', id );
	if ( ! session ) {
		throw noSuch( 'checkout.session', id, 'session' );
	}
	return session;
}

export function addSessionRoutes( add: AddRoute, context: Context ): void {
	add( 'POST', '/v1/checkout/sessions', ( { params } ) => createSession( context, params ) );

	add( 'GET', '/v1/checkout/sessions', ( { params, path } ) => {
		params.only( LIST_PARAMS );
		const [ intent, status ] = [ params.text( 'payment_intent' ), params.text( 'status' ) ];
		const email = params.text( 'customer_details[email]' );
		const rows = context.store
			.rows( 'sessions' )
			.filter(
				( { value } ) =>
					( intent === null || value.payment_intent === intent ) &&
					( status === null || value.status === status ) &&
					( email === null || value.customer_details?.email === email )
			);
		return page( rows, params, path );
	} );

	add( 'GET', '/v1/checkout/sessions/:id', ( { id } ) => find( context, id ) );

	add( 'GET', '/v1/checkout/sessions/:id/line_items', ( { id, path } ) =>
		listOf( context.store.get( 'lineItems', find( context, id ).id )?.items ?? [], false, path )
	);

	add( 'POST', '/v1/checkout/sessions/:id/expire', ( { id } ) => {
		const session = find( context, id );
		if ( session.status !== 'open' ) {
			throw new StripeError(
				400,
				`Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${ session.status }.`
			);
		}
		return applyOutcome( context, session, 'expire' );
	} );
}
