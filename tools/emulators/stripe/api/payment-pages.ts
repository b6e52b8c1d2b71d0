import type Stripe from 'stripe';
import type { Context } from '../context.ts';
import { invalid, noSuch, StripeError } from '../errors.ts';
import type { Fate } from '../objects/payment-method.ts';
import { declined } from '../outcomes/intent.ts';
import { applyOutcome, type Outcome } from '../outcomes/session.ts';
import { methodFate } from './payment-methods.ts';
import type { AddRoute } from './route.ts';

/** What the page's own scripts bring about, step by step. */
const STEPS: Record< Fate, readonly Outcome[] > = {
	pay: [ 'pay' ],
	dispute: [ 'pay' ],
	inquiry: [ 'pay' ],
	decline: [ 'decline' ],
	authenticate: [ 'authenticate' ],
	settle: [ 'pay_later', 'settle' ],
	fail: [ 'pay_later', 'fail' ],
};

function shown( session: Stripe.Checkout.Session ): object {
	const { id, amount_total, currency, livemode, mode, payment_status, status } = session;
	return {
		id: `ppage_${ id.slice( -24 ) }`,
		object: 'checkout.payment_page',
		session_id: id,
		currency,
		livemode,
		mode,
		payment_status,
		status,
		total_summary: { due: amount_total, subtotal: amount_total, total: amount_total },
	};
}

/** What the hosted page asks behind the scenes; Stripe's CLI uses it to pay sessions. It is documented nowhere. */
export function addPaymentPageRoutes( add: AddRoute, context: Context ): void {
	const find = ( id: string ): Stripe.Checkout.Session => {
		const session = context.store.get( 'sessions', id );
		if ( ! session ) {
			throw noSuch( 'payment_page', id, 'session' );
		}
		return session;
	};
	add( 'GET', '/v1/payment_pages/:id', ( { id } ) => shown( find( id ) ) );
	add( 'POST', '/v1/payment_pages/:id/confirm', ( { id, params } ) => {
		params.only( [ 'expand', 'expected_amount', 'payment_method' ] );
		const session = find( id );
		if ( session.status !== 'open' ) {
			throw new StripeError( 400, 'This Checkout Session is no longer open.', {
				code: 'payment_intent_unexpected_state',
			} );
		}
		const expected = params.integer( 'expected_amount' );
		if ( expected !== null && expected !== session.amount_total ) {
			throw invalid( `The amount due is ${ session.amount_total }, not ${ expected }.`, 'expected_amount' );
		}
		const { fate, email } = methodFate( context, params.needText( 'payment_method' ) );
		for ( const outcome of STEPS[ fate ] ) {
			applyOutcome( context, session, outcome, session.customer_email ?? email ?? undefined );
		}
		if ( fate === 'decline' ) {
			throw declined( context, String( session.payment_intent ) );
		}
		return shown( session );
	} );
}
