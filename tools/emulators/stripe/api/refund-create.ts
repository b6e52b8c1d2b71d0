import type Stripe from 'stripe';
import type { Context } from '../context.ts';
import { invalid, noSuch, StripeError } from '../errors.ts';
import { idOf } from '../ids.ts';
import { isInquiry } from '../objects/dispute.ts';
import { bookRefund, moveRefund } from '../outcomes/refund.ts';
import type { RefundDefault } from '../store.ts';
import type { Params } from './params.ts';

const KNOWN = [
	'amount',
	'charge',
	'currency',
	'customer',
	'expand',
	'instructions_email',
	'metadata',
	'origin',
	'payment_intent',
	'reason',
	'refund_application_fee',
	'reverse_transfer',
];
const REASONS = [ 'duplicate', 'fraudulent', 'requested_by_customer' ];

function chargeOf( context: Context, params: Params ): Stripe.Charge {
	const [ chargeId, intentId ] = [ params.text( 'charge' ), params.text( 'payment_intent' ) ];
	if ( chargeId === null && intentId === null ) {
		throw invalid(
			'One of the following params should be provided for this request: payment_intent or charge.',
			undefined,
			'parameter_missing'
		);
	}
	const intent = context.store.get( 'intents', intentId ?? '' );
	if ( intentId !== null && ! intent ) {
		throw noSuch( 'payment_intent', intentId, 'payment_intent' );
	}
	const charge = context.store.get( 'charges', chargeId ?? idOf( intent?.latest_charge ) ?? '' );
	if ( ! charge && chargeId !== null ) {
		throw noSuch( 'charge', chargeId, 'charge' );
	}
	if ( charge?.status !== 'succeeded' ) {
		throw new StripeError(
			400,
			`This PaymentIntent (${ intentId ?? charge?.id }) does not have a successful charge to refund.`,
			{ param: 'payment_intent' }
		);
	}
	return charge;
}

function checkDisputes( context: Context, charge: Stripe.Charge ): void {
	const disputes = context.store.all( 'disputes' ).filter( ( dispute ) => dispute.charge === charge.id );
	if ( disputes.some( ( dispute ) => ! isInquiry( dispute.status ) ) ) {
		throw new StripeError( 400, `Charge ${ charge.id } has been charged back; cannot issue a refund.`, {
			code: 'charge_disputed',
		} );
	}
}

function amountOf( params: Params, charge: Stripe.Charge ): number {
	const left = charge.amount_captured - charge.amount_refunded;
	if ( left <= 0 ) {
		throw new StripeError( 400, `Charge ${ charge.id } has already been refunded.`, {
			code: 'charge_already_refunded',
		} );
	}
	const amount = params.integer( 'amount' ) ?? left;
	if ( amount < 1 ) {
		throw invalid( 'This value must be greater than or equal to 1.', 'amount', 'parameter_invalid_integer' );
	}
	if ( amount > left ) {
		throw new StripeError(
			400,
			`Refund amount (${ amount }) is greater than unrefunded amount on charge (${ left }).`,
			{ param: 'amount' }
		);
	}
	return amount;
}

function reasonOf( params: Params ): string | null {
	const reason = params.text( 'reason' );
	if ( reason !== null && ! REASONS.includes( reason ) ) {
		throw invalid( `Invalid reason: must be one of ${ REASONS.join( ', ' ) }`, 'reason' );
	}
	return reason;
}

interface RefundOutcome {
	outcome: RefundDefault;
	pendingReason?: Stripe.Refund.PendingReason;
}

/** What becomes of a refund: as set, unless the balance is short or the money must go abroad. @throws StripeError */
function outcomeOf( context: Context, charge: Stripe.Charge ): RefundOutcome {
	const { refunds_when_short: short, refunds_abroad: abroad, settlement_currency: settled } = context.settings();
	if ( short === 'error' ) {
		throw new StripeError(
			400,
			'Insufficient funds in your Stripe balance to refund this amount. Add funds to your balance, or wait until payments have settled.',
			{ code: 'balance_insufficient' }
		);
	}
	if ( short === 'pending' ) {
		return { outcome: 'pending', pendingReason: 'insufficient_funds' };
	}
	if ( abroad === 'pending' && settled !== null && charge.currency !== settled ) {
		return { outcome: 'pending', pendingReason: 'processing' };
	}
	return { outcome: context.store.refundStatus };
}

/** `POST /v1/refunds`. @throws StripeError */
export function createRefund( context: Context, params: Params ): Stripe.Refund {
	params.only( KNOWN );
	const reason = reasonOf( params );
	const charge = chargeOf( context, params );
	checkDisputes( context, charge );
	const amount = amountOf( params, charge );
	const { outcome, pendingReason } = outcomeOf( context, charge );
	const refund = bookRefund( context, {
		created: context.clock.seconds(),
		amount,
		currency: charge.currency,
		charge: charge.id,
		payment_intent: idOf( charge.payment_intent ) ?? '',
		metadata: params.metadata( 'metadata' ),
		reason,
		status: outcome === 'succeeded' ? 'succeeded' : 'pending',
		...( pendingReason ? { pending_reason: pendingReason } : {} ),
	} );
	context.events.emit( 'charge.refunded', charge );
	context.events.emit( 'refund.created', refund );
	if ( outcome === 'failed' ) {
		moveRefund( context, refund, 'failed' );
	}
	return refund;
}
