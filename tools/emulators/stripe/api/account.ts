import type Stripe from 'stripe';
import type { Context } from '../context.ts';
import type { AddRoute } from './route.ts';

const ACCOUNT: Stripe.Account = {
	id: 'acct_emulator00000000',
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

function balance( context: Context ): Stripe.Balance {
	const sums = new Map< string, number >( [ [ 'usd', 0 ] ] );
	for ( const { currency, net } of context.store.all( 'transactions' ) ) {
		sums.set( currency, ( sums.get( currency ) ?? 0 ) + net );
	}
	const available = [ ...sums ].map( ( [ currency, amount ] ) => ( {
		amount,
		currency,
		source_types: { card: amount },
	} ) );
	const pending = available.map( ( { currency } ) => ( { amount: 0, currency, source_types: { card: 0 } } ) );
	return { object: 'balance', available, livemode: false, pending };
}

export function addAccountRoutes( add: AddRoute, context: Context ): void {
	add( 'GET', '/v1/account', () => ACCOUNT );
	add( 'GET', '/v1/balance', () => balance( context ) );
}
