import type Stripe from 'stripe';

/** A site that waits for its hello is worth more than this. */
const PATIENCE_MS = 5_000;

/** The number of the account that the key is of; null when the key may not tell, or Stripe does not answer now. */
export async function accountOf( stripe: Stripe ): Promise< string | null > {
	try {
		return ( await stripe.accounts.retrieveCurrent( {}, { timeout: PATIENCE_MS } ) ).id;
	} catch {
		return null;
	}
}
