import type Stripe from 'stripe';
import { fetchFee, type Fee } from './fee.ts';
import { paidAt } from './paid-at.ts';
import { expanded, idOf } from './read.ts';

const CHARGE = [ 'latest_charge.refunds' ];
const SESSION = CHARGE.map( ( path ) => `payment_intent.${ path }` );

/** Everything Stripe knows of one payment. */
export interface Payment {
	session: Stripe.Checkout.Session | null;
	intent: Stripe.PaymentIntent | null;
	charge: Stripe.Charge | null;
	/** Null without a charge. */
	fee: Fee | null;
	refunds: Stripe.Refund[];
	dispute: Stripe.Dispute | null;
	/** When the money came in, in Unix seconds. */
	paidAt: number | null;
}

/** What is known of it before asking. */
export interface KnownPayment {
	session: string | null;
	payment_intent: string | null;
	has_dispute: boolean;
	/** Then it is not asked for again. */
	is_fee_known?: boolean;
}

/** One call where possible: Stripe counts requests per second, and refreshes are the most of ours. */
export async function fetchPayment( stripe: Stripe, known: KnownPayment ): Promise< Payment > {
	const { session, intent } = await fetchBoth( stripe, known );
	const charge = expanded( intent?.latest_charge );
	const isDisputed = known.has_dispute || charge?.disputed === true;
	const isFeeWanted = intent?.status === 'succeeded' && known.is_fee_known !== true;
	const payment = {
		session,
		intent,
		charge,
		fee: charge && ( await fetchFee( stripe, charge, isFeeWanted ) ),
		refunds: await allRefunds( stripe, intent, charge ),
		dispute: intent !== null && isDisputed ? await newestDispute( stripe, intent.id ) : null,
	};
	return { ...payment, paidAt: await paidAt( stripe, payment ) };
}

async function fetchBoth( stripe: Stripe, known: KnownPayment ): Promise< Pick< Payment, 'session' | 'intent' > > {
	if ( known.session !== null ) {
		const session = await stripe.checkout.sessions.retrieve( known.session, { expand: SESSION } );
		const intent = expanded( session.payment_intent );
		if ( intent !== null || known.payment_intent === null ) {
			return { session, intent };
		}
		return { session, intent: await stripe.paymentIntents.retrieve( known.payment_intent, { expand: CHARGE } ) };
	}
	const id = known.payment_intent ?? '';
	const intent = await stripe.paymentIntents.retrieve( id, { expand: CHARGE } );
	return { session: await sessionOf( stripe, id ), intent };
}

/** The session a payment intent came from. */
export async function sessionOf( stripe: Stripe, intent: string ): Promise< Stripe.Checkout.Session | null > {
	const found = await stripe.checkout.sessions.list( { payment_intent: intent, limit: 1 } );
	return found.data[ 0 ] ?? null;
}

async function allRefunds(
	stripe: Stripe,
	intent: Stripe.PaymentIntent | null,
	charge: Stripe.Charge | null
): Promise< Stripe.Refund[] > {
	const shown = charge?.refunds ?? null;
	if ( intent === null || charge === null ) {
		return [];
	}
	return shown !== null && ! shown.has_more ? shown.data : listRefunds( stripe, intent.id );
}

/** All refunds of an intent, every page. */
export async function listRefunds( stripe: Stripe, intent: string ): Promise< Stripe.Refund[] > {
	const all: Stripe.Refund[] = [];
	for await ( const refund of stripe.refunds.list( { payment_intent: intent, limit: 100 } ) ) {
		all.push( refund );
	}
	return all;
}

async function newestDispute( stripe: Stripe, intent: string ): Promise< Stripe.Dispute | null > {
	const found = await stripe.disputes.list( { payment_intent: intent, limit: 100 } );
	const byAge = [ ...found.data ].sort( ( a, b ) => b.created - a.created );
	return byAge.find( ( dispute ) => idOf( dispute.payment_intent ) === intent ) ?? byAge[ 0 ] ?? null;
}
