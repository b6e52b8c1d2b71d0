import type Stripe from 'stripe';
import type { Context } from '../context.ts';
import { idOf, newId } from '../ids.ts';
import { buildDispute, isInquiry } from '../objects/dispute.ts';
import { book } from './balance.ts';
import { Impossible } from './impossible.ts';
import { moveRefund } from './refund.ts';

export const DISPUTE_STATES = [
	'needs_response',
	'under_review',
	'won',
	'lost',
	'warning_needs_response',
	'warning_under_review',
	'warning_closed',
	'prevented',
] as const;
export type DisputeState = ( typeof DISPUTE_STATES )[ number ];

const DISPUTE_FEE = 1500;
const CLOSED: readonly string[] = [ 'won', 'lost', 'warning_closed', 'prevented' ];

function bookMoney( context: Context, dispute: Stripe.Dispute, sign: 1 | -1 ): void {
	const transaction = book( context, {
		amount: sign * dispute.amount,
		currency: dispute.currency,
		created: context.clock.seconds(),
		source: dispute.id,
		type: 'adjustment',
		category: sign < 0 ? 'dispute' : 'dispute_reversal',
		fee: sign < 0 ? DISPUTE_FEE : 0,
	} );
	dispute.balance_transactions.push( transaction );
}

/** Money leaves at a chargeback; refunds that were still on their way fail then. */
function withdraw( context: Context, dispute: Stripe.Dispute ): void {
	bookMoney( context, dispute, -1 );
	context.events.emit( 'charge.dispute.funds_withdrawn', dispute );
	for ( const refund of context.store.all( 'refunds' ) ) {
		if ( refund.charge === dispute.charge && refund.status === 'pending' ) {
			moveRefund( context, refund, 'failed', 'charge_for_pending_refund_disputed' );
		}
	}
}

function settledCharge( context: Context, intentId: string ): Stripe.Charge {
	const intent = context.store.get( 'intents', intentId );
	const charge = context.store.get( 'charges', idOf( intent?.latest_charge ) ?? '' );
	if ( charge?.status !== 'succeeded' ) {
		throw new Impossible( 'Only a payment that succeeded can be disputed.' );
	}
	return charge;
}

/** A dispute for a payment, without events: for new ones and for seeded ones. */
export function bookDispute(
	context: Context,
	input: { intentId: string; status: string; id?: string; created?: number; amount?: number | undefined }
): Stripe.Dispute {
	const charge = settledCharge( context, input.intentId );
	charge.disputed = true;
	const dispute = buildDispute( {
		id: input.id ?? newId( 'dp_' ),
		created: input.created ?? context.clock.seconds(),
		amount: input.amount ?? charge.amount,
		currency: charge.currency,
		charge: charge.id,
		payment_intent: input.intentId,
		status: input.status,
	} );
	return context.store.put( 'disputes', dispute );
}

function open( context: Context, intentId: string, status: DisputeState, amount?: number ): Stripe.Dispute {
	const first = status.startsWith( 'warning_' ) ? 'warning_needs_response' : 'needs_response';
	const dispute = bookDispute( context, { intentId, status: first, amount } );
	context.events.emit( 'charge.dispute.created', dispute );
	if ( ! isInquiry( first ) ) {
		withdraw( context, dispute );
	}
	return dispute;
}

function move( context: Context, dispute: Stripe.Dispute, status: DisputeState ): void {
	const from = dispute.status;
	if ( from === status ) {
		return;
	}
	dispute.status = status;
	dispute.is_charge_refundable = isInquiry( status );
	if ( isInquiry( from ) && ! isInquiry( status ) ) {
		withdraw( context, dispute );
	}
	if ( status === 'won' ) {
		bookMoney( context, dispute, 1 );
		context.events.emit( 'charge.dispute.funds_reinstated', dispute );
	}
	const type = CLOSED.includes( status ) ? 'charge.dispute.closed' : 'charge.dispute.updated';
	context.events.emit( type, dispute, { status: from } );
}

export interface DisputeWish {
	status: DisputeState;
	/** Which of several; the newest when not given. */
	id?: string | undefined;
	/** Opens one more, beside those there are. */
	isAnother?: boolean | undefined;
	/** In minor units; all of the payment when not given. */
	amount?: number | undefined;
}

/** Opens a payment's dispute, or moves one it has. @throws Impossible */
export function applyDispute( context: Context, intentId: string, wish: DisputeWish ): Stripe.Dispute {
	const known = context.store
		.all( 'disputes' )
		.filter( ( each ) => each.payment_intent === intentId && ( wish.id === undefined || each.id === wish.id ) )
		.at( -1 );
	if ( wish.id !== undefined && ! known ) {
		throw new Impossible( 'This payment has no such dispute.' );
	}
	const dispute = wish.isAnother || ! known ? open( context, intentId, wish.status, wish.amount ) : known;
	move( context, dispute, wish.status );
	context.store.changed();
	return dispute;
}
