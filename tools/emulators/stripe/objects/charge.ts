import type Stripe from 'stripe';
import { newId } from '../ids.ts';

export interface ChargeInput {
	id: string;
	created: number;
	amount: number;
	currency: string;
	metadata: Stripe.Metadata;
	payment_intent: string;
	email: string | null;
	description: string | null;
	/** `bank` stands for any payment that settles days later. */
	method: 'card' | 'bank';
	last4: string;
}

function methodDetails( input: ChargeInput ): Stripe.Charge.PaymentMethodDetails {
	if ( input.method === 'bank' ) {
		const us_bank_account = {
			account_holder_type: 'individual' as const,
			account_type: 'checking' as const,
			bank_name: 'STRIPE TEST BANK',
			fingerprint: 'emulatorBank',
			last4: '6789',
			payment_reference: null,
			routing_number: '110000000',
		};
		return { type: 'us_bank_account', us_bank_account };
	}
	const card = {
		amount_authorized: input.amount,
		authorization_code: null,
		brand: 'visa',
		checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
		country: 'US',
		electronic_commerce_indicator: null,
		exp_month: 12,
		exp_year: 2034,
		fingerprint: 'emulatorCard',
		funding: 'credit',
		installments: null,
		last4: input.last4,
		mandate: null,
		network: 'visa',
		network_transaction_id: null,
		regulated_status: 'unregulated',
		three_d_secure: null,
		transaction_link_id: null,
		wallet: null,
	} satisfies Stripe.Charge.PaymentMethodDetails.Card;
	return { card, type: 'card' };
}

/** A pending charge; outcomes make it succeed or fail. */
export function buildCharge( input: ChargeInput ): Stripe.Charge {
	const { method: _method, last4: _last4, email, ...given } = input;
	return {
		...given,
		object: 'charge',
		amount_captured: 0,
		amount_refunded: 0,
		application: null,
		application_fee: null,
		application_fee_amount: null,
		balance_transaction: null,
		billing_details: { address: null, email, name: null, phone: null, tax_id: null },
		calculated_statement_descriptor: 'SELL MY IMAGES',
		captured: false,
		customer: null,
		disputed: false,
		failure_balance_transaction: null,
		failure_code: null,
		failure_message: null,
		fraud_details: {},
		livemode: false,
		on_behalf_of: null,
		outcome: null,
		paid: false,
		payment_method: newId( 'pm_' ),
		payment_method_details: methodDetails( input ),
		receipt_email: email,
		receipt_number: null,
		receipt_url: null,
		refunded: false,
		review: null,
		shipping: null,
		source: null,
		source_transfer: null,
		statement_descriptor: null,
		statement_descriptor_suffix: null,
		status: 'pending',
		transfer_data: null,
		transfer_group: null,
	};
}

export const AUTHORIZED: Stripe.Charge.Outcome = {
	advice_code: null,
	network_advice_code: null,
	network_decline_code: null,
	network_status: 'approved_by_network',
	reason: null,
	risk_level: 'normal',
	risk_score: 21,
	seller_message: 'Payment complete.',
	type: 'authorized',
};

export const DECLINED: Stripe.Charge.Outcome = {
	advice_code: 'try_again_later',
	network_advice_code: null,
	network_decline_code: '05',
	network_status: 'declined_by_network',
	reason: 'generic_decline',
	risk_level: 'normal',
	risk_score: 12,
	seller_message: 'The bank did not return any further details with this decline.',
	type: 'issuer_declined',
};
