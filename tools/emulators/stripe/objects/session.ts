import type Stripe from 'stripe';

export interface SessionInput {
	id: string;
	created: number;
	expires_at: number;
	amount: number;
	currency: string;
	metadata: Stripe.Metadata;
	success_url: string;
	cancel_url: string | null;
	client_reference_id: string | null;
	customer_email: string | null;
	locale: string | null;
	submit_type: string | null;
	url: string;
	payment_method_types: string[];
	adaptive_pricing: boolean;
	customer_creation: string | null;
	card: Record< string, unknown > | null;
}

/** A new, open Checkout Session. The compiler holds it to every field Stripe requires. */
export function buildSession( input: SessionInput ): Stripe.Checkout.Session {
	const { amount, adaptive_pricing, card, ...given } = input;
	return {
		...given,
		object: 'checkout.session',
		adaptive_pricing: { enabled: adaptive_pricing },
		after_expiration: null,
		allow_promotion_codes: null,
		allowed_payment_method_types: null,
		amount_subtotal: amount,
		amount_total: amount,
		automatic_tax: { enabled: false, liability: null, provider: null, status: null },
		billing_address_collection: null,
		client_secret: null,
		collected_information: null,
		consent: null,
		consent_collection: null,
		currency_conversion: null,
		custom_fields: [],
		custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
		customer: null,
		customer_account: null,
		customer_details: input.customer_email === null ? null : customerDetails( input.customer_email ),
		discounts: [],
		integration_identifier: null,
		invoice: null,
		invoice_creation: {
			enabled: false,
			invoice_data: {
				account_tax_ids: null,
				custom_fields: null,
				description: null,
				footer: null,
				issuer: null,
				metadata: {},
				rendering_options: null,
			},
		},
		livemode: false,
		locale: given.locale as Stripe.Checkout.Session.Locale | null,
		managed_payments: null,
		mode: 'payment',
		origin_context: null,
		payment_intent: null,
		payment_link: null,
		payment_method_collection: 'if_required',
		payment_method_configuration_details: null,
		payment_method_options: ( card ? { card } : {} ) as unknown as Stripe.Checkout.Session.PaymentMethodOptions,
		payment_status: 'unpaid',
		permissions: null,
		phone_number_collection: { enabled: false },
		recovered_from: null,
		saved_payment_method_options: null,
		setup_intent: null,
		shipping_address_collection: null,
		shipping_cost: null,
		shipping_options: [],
		status: 'open',
		submit_type: given.submit_type as Stripe.Checkout.Session.SubmitType | null,
		subscription: null,
		total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
		ui_mode: 'hosted_page',
		wallet_options: null,
		customer_creation: given.customer_creation as Stripe.Checkout.Session.CustomerCreation | null,
	};
}

export function customerDetails( email: string ): Stripe.Checkout.Session.CustomerDetails {
	return {
		address: null,
		business_name: null,
		email,
		individual_name: null,
		name: null,
		phone: null,
		tax_exempt: 'none',
		tax_ids: [],
	};
}
