import type Stripe from 'stripe';

export interface RefundInput {
	id: string;
	created: number;
	amount: number;
	currency: string;
	charge: string;
	payment_intent: string;
	metadata: Stripe.Metadata;
	reason: string | null;
	status: string;
	pending_reason?: Stripe.Refund.PendingReason;
}

export function buildRefund( input: RefundInput ): Stripe.Refund {
	return {
		...input,
		object: 'refund',
		balance_transaction: null,
		customer: null,
		customer_account: null,
		destination_details: {
			card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
			type: 'card',
		},
		payment_method: null,
		reason: input.reason as Stripe.Refund.Reason | null,
		receipt_number: null,
		source_transfer_reversal: null,
		transfer_reversal: null,
	};
}
