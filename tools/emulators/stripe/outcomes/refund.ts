import type Stripe from 'stripe';
import type { Context } from '../context.ts';
import { idOf, newId } from '../ids.ts';
import { buildRefund, type RefundInput } from '../objects/refund.ts';
import { book } from './balance.ts';
import { Impossible } from './impossible.ts';

export const REFUND_STATES = [ 'pending', 'requires_action', 'succeeded', 'failed', 'canceled' ] as const;
export type RefundState = ( typeof REFUND_STATES )[ number ];

/** Money that failed to reach the buyer comes back; a refund that ended stays ended. */
const NEXT: Record< RefundState, readonly RefundState[] > = {
	pending: [ 'requires_action', 'succeeded', 'failed', 'canceled' ],
	requires_action: [ 'pending', 'succeeded', 'failed', 'canceled' ],
	succeeded: [ 'failed' ],
	failed: [],
	canceled: [],
};

function count( charge: Stripe.Charge, amount: number ): void {
	charge.amount_refunded += amount;
	charge.refunded = charge.amount_refunded >= charge.amount_captured && charge.amount_captured > 0;
}

function record( context: Context, refund: Stripe.Refund, sign: 1 | -1 ): string {
	return book( context, {
		amount: sign * refund.amount,
		currency: refund.currency,
		created: context.clock.seconds(),
		source: refund.id,
		type: sign < 0 ? 'refund' : 'refund_failure',
		category: sign < 0 ? 'refund' : 'refund_failure',
	} ).id;
}

/** Books a refund against its charge, without events: for new ones and for seeded ones. */
export function bookRefund( context: Context, input: Omit< RefundInput, 'id' > & { id?: string } ): Stripe.Refund {
	const refund = buildRefund( { ...input, id: input.id ?? newId( 're_' ) } );
	const charge = context.store.get( 'charges', input.charge );
	const counts = input.status !== 'failed' && input.status !== 'canceled';
	if ( charge && counts ) {
		count( charge, refund.amount );
		refund.balance_transaction = record( context, refund, -1 );
	}
	finish( refund );
	return context.store.put( 'refunds', refund );
}

function finish( refund: Stripe.Refund ): void {
	if ( refund.status === 'failed' ) {
		refund.failure_reason ??= 'expired_or_canceled_card';
	}
	if ( refund.status !== 'pending' ) {
		delete refund.pending_reason;
	} else {
		refund.pending_reason ??= 'insufficient_funds';
	}
}

function giveBack( context: Context, refund: Stripe.Refund ): void {
	refund.failure_balance_transaction = record( context, refund, 1 );
	const charge = context.store.get( 'charges', idOf( refund.charge ) ?? '' );
	if ( charge ) {
		count( charge, -refund.amount );
	}
}

/** Moves a refund to another state, with the events that Stripe sends. @throws Impossible */
export function moveRefund(
	context: Context,
	refund: Stripe.Refund,
	status: RefundState,
	failureReason?: string
): void {
	const from = refund.status as RefundState;
	if ( ! NEXT[ from ].includes( status ) ) {
		throw new Impossible( `A refund that is "${ from }" cannot become "${ status }".` );
	}
	refund.status = status;
	if ( status === 'failed' || status === 'canceled' ) {
		giveBack( context, refund );
	}
	if ( status === 'failed' && failureReason !== undefined ) {
		refund.failure_reason = failureReason;
	}
	finish( refund );
	context.store.changed();
	announceMove( context, refund, from );
}

function announceMove( context: Context, refund: Stripe.Refund, from: string ): void {
	context.events.emit( 'refund.updated', refund, { status: from } );
	context.events.emit( 'charge.refund.updated', refund, { status: from } );
	if ( refund.status === 'failed' ) {
		context.events.emit( 'refund.failed', refund, { status: from } );
	}
}
