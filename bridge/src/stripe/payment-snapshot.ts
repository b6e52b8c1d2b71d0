import type Stripe from 'stripe';
import type { PaymentSnapshot } from '../contracts.generated.ts';
import type { Payment } from './fetch-payment.ts';
import { emailOf, mark } from './read.ts';

type Session = NonNullable< PaymentSnapshot[ 'session' ] >;
type Refund = PaymentSnapshot[ 'refunds' ][ number ];

/** The fields of Stripe's objects that the lifecycle uses, in minor units. */
export function paymentSnapshot( payment: Payment ): PaymentSnapshot {
	const { session, intent } = payment;
	return {
		type: 'payment',
		livemode: session?.livemode ?? intent?.livemode ?? false,
		smi_job: mark( session?.metadata, 'smi_job' ) ?? mark( intent?.metadata, 'smi_job' ),
		smi_site: mark( session?.metadata, 'smi_site' ) ?? mark( intent?.metadata, 'smi_site' ),
		paid_at: payment.paidAt,
		session: session && sessionPart( session ),
		payment_intent: intent && intentPart( intent ),
		charge: payment.charge && payment.fee && { id: payment.charge.id, ...payment.fee },
		refunds: payment.refunds.map( refundPart ),
		dispute: payment.dispute && disputePart( payment.dispute ),
	};
}

function sessionPart( session: Stripe.Checkout.Session ): Session {
	return {
		id: session.id,
		status: ( session.status ?? 'open' ) as Session[ 'status' ],
		payment_status: session.payment_status as Session[ 'payment_status' ],
		url: session.url,
		expires_at: session.expires_at ?? null,
		amount_subtotal: session.amount_subtotal,
		amount_total: session.amount_total,
		currency: session.currency,
		email: emailOf( session ),
	};
}

function intentPart( intent: Stripe.PaymentIntent ): NonNullable< PaymentSnapshot[ 'payment_intent' ] > {
	return {
		id: intent.id,
		status: intent.status,
		amount_received: intent.amount_received,
		currency: intent.currency,
		last_error: intent.last_payment_error?.message ?? null,
	};
}

function refundPart( refund: Stripe.Refund ): Refund {
	return {
		id: refund.id,
		amount_minor: refund.amount,
		status: ( refund.status ?? 'pending' ) as Refund[ 'status' ],
		smi_refund: mark( refund.metadata, 'smi_refund' ),
		reason: refund.reason,
		failure_reason: refund.failure_reason ?? null,
		created: refund.created,
	};
}

function disputePart( dispute: Stripe.Dispute ): NonNullable< PaymentSnapshot[ 'dispute' ] > {
	return {
		id: dispute.id,
		status: dispute.status,
		amount_minor: dispute.amount,
		is_charge_refundable: dispute.is_charge_refundable,
		reason: dispute.reason,
	};
}
