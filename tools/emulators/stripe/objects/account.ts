import type Stripe from 'stripe';

export const ACCOUNT_ID = 'acct_emulator00000000';

export const ACCOUNT: Stripe.Account = {
	id: ACCOUNT_ID,
	object: 'account',
	business_profile: null,
	capabilities: { card_payments: 'active' },
	charges_enabled: true,
	country: 'US',
	default_currency: 'usd',
	details_submitted: true,
	email: 'seller@example.com',
	payouts_enabled: true,
	type: 'standard',
};
