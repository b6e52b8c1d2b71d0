import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type Stripe from 'stripe';
import { feeOf } from '../../bridge/src/stripe/fee.ts';

/** What Stripe made of a charge of 4.90 dollars, and kept of it. */
function fees( transaction: { amount: number; fee: number; currency: string; exchange_rate?: number } ): unknown {
	const charge = { id: 'ch_1', amount: 490, currency: 'usd' };
	const booked = { id: 'txn_1', exchange_rate: null, ...transaction };
	const told = feeOf( charge as Stripe.Charge, booked as Stripe.BalanceTransaction );
	return [ told.fee_minor, told.fee_currency, told.fee_charge_minor, told.fee_unknown ];
}

describe( 'the fee of a charge', () => {
	it( 'is that of the account where both have one currency', () => {
		assert.deepEqual( fees( { amount: 490, fee: 44, currency: 'usd' } ), [ 44, 'usd', 44, null ] );
	} );

	it( 'is told in the currency of the charge as well, at the rate of its conversion', () => {
		const booked = { amount: 448, fee: 41, currency: 'eur', exchange_rate: 0.914 };
		assert.deepEqual( fees( booked ), [ 41, 'eur', 45, null ] );
	} );

	it( 'minds that currencies have different digits', () => {
		assert.deepEqual( fees( { amount: 735, fee: 66, currency: 'jpy', exchange_rate: 150 } ), [
			66,
			'jpy',
			44,
			null,
		] );
		assert.deepEqual( fees( { amount: 1510, fee: 136, currency: 'kwd', exchange_rate: 0.3082 } ), [
			136,
			'kwd',
			44,
			null,
		] );
	} );

	it( 'is kept as it is where Stripe tells no rate', () => {
		assert.deepEqual( fees( { amount: 448, fee: 41, currency: 'eur' } ), [ 41, 'eur', null, 'no_rate' ] );
		assert.deepEqual( fees( { amount: 0, fee: 41, currency: 'eur', exchange_rate: 0.9 } ), [
			41,
			'eur',
			null,
			'no_rate',
		] );
	} );
} );
