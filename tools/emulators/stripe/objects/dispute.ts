import type Stripe from 'stripe';

export interface DisputeInput {
	id: string;
	created: number;
	amount: number;
	currency: string;
	charge: string;
	payment_intent: string;
	status: string;
}

const EVIDENCE_DAYS_S = 9 * 24 * 3600;

const NO_EVIDENCE: Stripe.Dispute.Evidence = {
	access_activity_log: null,
	billing_address: null,
	cancellation_policy: null,
	cancellation_policy_disclosure: null,
	cancellation_rebuttal: null,
	customer_communication: null,
	customer_email_address: null,
	customer_name: null,
	customer_purchase_ip: null,
	customer_signature: null,
	duplicate_charge_documentation: null,
	duplicate_charge_explanation: null,
	duplicate_charge_id: null,
	enhanced_evidence: {},
	product_description: null,
	receipt: null,
	refund_policy: null,
	refund_policy_disclosure: null,
	refund_refusal_explanation: null,
	service_date: null,
	service_documentation: null,
	shipping_address: null,
	shipping_carrier: null,
	shipping_date: null,
	shipping_documentation: null,
	shipping_tracking_number: null,
	uncategorized_file: null,
	uncategorized_text: null,
};

/** An inquiry: the bank asks, no money has moved, and a refund still ends it. */
export function isInquiry( status: string ): boolean {
	return status.startsWith( 'warning_' );
}

export function buildDispute( input: DisputeInput ): Stripe.Dispute {
	return {
		...input,
		object: 'dispute',
		balance_transactions: [],
		enhanced_eligibility_types: [],
		evidence: { ...NO_EVIDENCE },
		evidence_details: {
			due_by: input.created + EVIDENCE_DAYS_S,
			enhanced_eligibility: {},
			has_evidence: false,
			past_due: false,
			submission_count: 0,
			submission_method: 'manual',
		},
		intended_submission_method: null,
		is_charge_refundable: isInquiry( input.status ),
		livemode: false,
		metadata: {},
		payment_method_details: {
			card: {
				brand: 'visa',
				case_type: isInquiry( input.status ) ? 'inquiry' : 'chargeback',
				network: 'visa',
				network_reason_code: '10.4',
			},
			type: 'card',
		},
		reason: 'fraudulent',
		status: input.status as Stripe.Dispute.Status,
	};
}
