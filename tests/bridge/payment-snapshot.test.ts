import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { paymentSnapshot } from '../../bridge/src/stripe/payment-snapshot.ts';
import type { Payment } from '../../bridge/src/stripe/fetch-payment.ts';

/** What Stripe made of a charge of 4.90 dollars, and kept of it. */
function fees( transaction: { amount: number; fee: number; currency: string } | null ): unknown {
	const charge = {
		id: 'ch_1',
		amount: 490,
		currency: 'usd',
		balance_transaction: transaction && { id: 'txn_1', ...transaction },
	};
	const payment = { session: null, intent: null, charge, refunds: [], dispute: null, paidAt: null };
	const { charge: told } = paymentSnapshot( payment as unknown as Payment );
	return [ told?.fee_minor, told?.fee_currency, told?.fee_charge_minor ];
}

describe( 'the fee of a charge', () => {
	it( 'is that of the account where both have one currency', () => {
		assert.deepEqual( fees( { amount: 490, fee: 44, currency: 'usd' } ), [ 44, 'usd', 44 ] );
	} );

	it( 'is told in the currency of the charge as well, at the rate of its own conversion', () => {
		assert.deepEqual( fees( { amount: 448, fee: 41, currency: 'eur' } ), [ 41, 'eur', 45 ] );
	} );

	it( 'needs no rate between currencies of different digits', () => {
		assert.deepEqual( fees( { amount: 735, fee: 66, currency: 'jpy' } ), [ 66, 'jpy', 44 ] );
	} );

	it( 'is not known before Stripe has booked the charge', () => {
		assert.deepEqual( fees( null ), [ null, null, null ] );
		assert.deepEqual( fees( { amount: 0, fee: 41, currency: 'eur' } ), [ 41, 'eur', null ] );
	} );
} );
