import type Stripe from 'stripe';
import { randomToken } from '../../shared/ids.ts';

export interface IntentInput {
	id: string;
	created: number;
	amount: number;
	currency: string;
	metadata: Stripe.Metadata;
	description: string | null;
	receipt_email: string | null;
	payment_method_types: string[];
}

export function buildPaymentIntent( input: IntentInput ): Stripe.PaymentIntent {
	return {
		...input,
		object: 'payment_intent',
		allowed_payment_method_types: null,
		amount_capturable: 0,
		amount_details: { tip: {} },
		amount_received: 0,
		application: null,
		application_fee_amount: null,
		automatic_payment_methods: null,
		canceled_at: null,
		cancellation_reason: null,
		capture_method: 'automatic_async',
		client_secret: `${ input.id }_secret_${ randomToken( 25 ) }`,
		confirmation_method: 'automatic',
		customer: null,
		customer_account: null,
		excluded_payment_method_types: null,
		last_payment_error: null,
		latest_charge: null,
		livemode: false,
		managed_payments: null,
		next_action: null,
		on_behalf_of: null,
		payment_method: null,
		payment_method_configuration_details: null,
		payment_method_options: {
			card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' },
		},
		payment_record: null,
		processing: null,
		review: null,
		setup_future_usage: null,
		shipping: null,
		source: null,
		statement_descriptor: null,
		statement_descriptor_suffix: null,
		status: 'requires_payment_method',
		transfer_data: null,
		transfer_group: null,
	};
}
