import type Stripe from 'stripe';
import { newId } from '../ids.ts';

export interface TransactionInput {
	amount: number;
	currency: string;
	created: number;
	source: string;
	type: 'charge' | 'payment' | 'refund' | 'refund_failure' | 'adjustment';
	category: string;
	fee?: number;
	/** What the amount was multiplied by to come into this currency; null if it needed no exchange. */
	exchangeRate?: number | null;
	description?: string;
}

const TWO_DAYS_S = 2 * 24 * 3600;

/** What a card payment costs the seller: 2.9 % and 30 minor units. */
export function processingFee( amount: number ): number {
	return Math.round( amount * 0.029 ) + 30;
}

export function buildTransaction( input: TransactionInput ): Stripe.BalanceTransaction {
	const fee = input.fee ?? 0;
	const detail = {
		amount: fee,
		application: null,
		currency: input.currency,
		description: 'Stripe processing fees',
		type: 'stripe_fee',
	};
	return {
		id: newId( 'txn_' ),
		object: 'balance_transaction',
		amount: input.amount,
		available_on: input.created + TWO_DAYS_S,
		balance_type: 'payments',
		created: input.created,
		currency: input.currency,
		description: input.description ?? null,
		exchange_rate: input.exchangeRate ?? null,
		fee,
		fee_details: fee === 0 ? [] : [ detail ],
		net: input.amount - fee,
		reporting_category: input.category,
		source: input.source,
		status: 'pending',
		type: input.type,
	};
}
