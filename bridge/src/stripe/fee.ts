import Stripe from 'stripe';
import type { PaymentSnapshot } from '../contracts.generated.ts';
import { idOf } from './read.ts';
import { isKeyRefused } from './rights.ts';

type Charge = NonNullable< PaymentSnapshot[ 'charge' ] >;

/** What Stripe kept of a charge, or why that is not known. */
export type Fee = Required< Omit< Charge, 'id' > >;

/**
 * Fetched apart: whoever expands an object needs the right to read it, and a key that may not read balances must not keep a payment from
 * being seen. Asked for once: a fee does not change.
 *
 * @param isWanted Whether the charge is paid and its fee not known yet.
 * @throws The error itself when it is not Stripe's.
 */
export async function fetchFee( stripe: Stripe, charge: Stripe.Charge, isWanted: boolean ): Promise< Fee > {
	if ( ! isWanted ) {
		return unknown( 'not_asked' );
	}
	const id = idOf( charge.balance_transaction );
	if ( id === null ) {
		// Some methods have none for days.
		return unknown( 'not_yet' );
	}
	try {
		return feeOf( charge, await stripe.balanceTransactions.retrieve( id ) );
	} catch ( error ) {
		if ( ! ( error instanceof Stripe.errors.StripeError ) ) {
			throw error;
		}
		return unknown( isKeyRefused( error ) ? 'not_permitted' : 'no_answer' );
	}
}

/** The fee as the account paid it, and in the currency of the charge. */
export function feeOf( charge: Stripe.Charge, transaction: Stripe.BalanceTransaction ): Fee {
	const { fee, currency } = transaction;
	const inCharge = currency === charge.currency ? fee : converted( charge, transaction );
	return {
		fee_minor: fee,
		fee_currency: currency,
		fee_charge_minor: inCharge,
		fee_unknown: inCharge === null ? 'no_rate' : null,
	};
}

/**
 * By the rate at which Stripe converted the charge; null without one. The rate is between whole units: how many decimals lie between the
 * two currencies is seen from what became of the charge.
 */
function converted( charge: Stripe.Charge, transaction: Stripe.BalanceTransaction ): number | null {
	const { amount, fee, exchange_rate: rate } = transaction;
	if ( rate === null || ! ( rate > 0 ) || amount <= 0 || charge.amount <= 0 ) {
		return null;
	}
	const decimals = Math.round( Math.log10( amount / ( charge.amount * rate ) ) );
	return Math.round( fee / ( rate * 10 ** decimals ) );
}

function unknown( why: NonNullable< Charge[ 'fee_unknown' ] > ): Fee {
	return { fee_minor: null, fee_currency: null, fee_charge_minor: null, fee_unknown: why };
}
