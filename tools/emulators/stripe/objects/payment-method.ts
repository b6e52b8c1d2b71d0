import type Stripe from 'stripe';

/** What comes of paying with a method. */
export type Fate = 'pay' | 'decline' | 'authenticate' | 'dispute' | 'inquiry' | 'settle' | 'fail';

/** Stripe's own names for test cards and bank accounts that need no number. */
const FATES: Record< string, Fate > = {
	pm_card_visa: 'pay',
	pm_card_mastercard: 'pay',
	pm_card_bypassPending: 'pay',
	pm_card_authenticationRequired: 'authenticate',
	pm_card_threeDSecure2Required: 'authenticate',
	pm_card_chargeDeclined: 'decline',
	pm_card_visa_chargeDeclined: 'decline',
	pm_card_createDispute: 'dispute',
	pm_card_createDisputeInquiry: 'inquiry',
	tok_visa: 'pay',
	tok_mastercard: 'pay',
	tok_bypassPending: 'pay',
	tok_chargeDeclined: 'decline',
	tok_visa_chargeDeclined: 'decline',
	tok_chargeCustomerFail: 'decline',
	tok_createDispute: 'dispute',
	AT611904300234573201: 'settle',
	AT321904300235473204: 'settle',
	AT861904300235473202: 'fail',
	IT60X0542811101000000123456: 'fail',
};

export function fateOf( name: string ): Fate | null {
	return FATES[ name ] ?? null;
}

/** A method and what comes of it. */
export interface MethodRecord {
	id: string;
	method: Stripe.PaymentMethod;
	fate: Fate;
}

export function buildMethod( input: {
	id: string;
	created: number;
	type: 'card' | 'sepa_debit';
	billing: { email: string | null; name: string | null; phone: string | null };
	metadata: Stripe.Metadata;
	livemode: boolean;
} ): Stripe.PaymentMethod {
	const { billing, type, ...given } = input;
	const details =
		type === 'card' ? { brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2034 } : { last4: '3201' };
	return {
		...given,
		object: 'payment_method',
		allow_redisplay: 'unspecified',
		billing_details: { address: null, tax_id: null, ...billing },
		customer: null,
		type,
		[ type ]: details,
	} as unknown as Stripe.PaymentMethod;
}
