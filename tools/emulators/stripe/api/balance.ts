import type Stripe from 'stripe';
import type { Context } from '../context.ts';
import { noSuch } from '../errors.ts';
import { ACCOUNT } from '../objects/account.ts';
import { page } from './list.ts';
import type { AddRoute } from './route.ts';

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
	return { object: 'balance', available, livemode: context.store.livemode, pending };
}

export function addBalanceRoutes( add: AddRoute, context: Context ): void {
	const { store } = context;
	add( 'GET', '/v1/account', () => ( {
		...ACCOUNT,
		default_currency: context.settings().settlement_currency ?? ACCOUNT.default_currency,
	} ) );
	add( 'GET', '/v1/balance', () => balance( context ) );
	add( 'GET', '/v1/balance_transactions', ( { params, path } ) => {
		params.only( [
			'created',
			'currency',
			'ending_before',
			'expand',
			'limit',
			'payout',
			'source',
			'starting_after',
			'type',
		] );
		const [ source, type, currency ] = [
			params.text( 'source' ),
			params.text( 'type' ),
			params.text( 'currency' ),
		];
		const rows = store
			.rows( 'transactions' )
			.filter(
				( { value } ) =>
					( source === null || value.source === source ) &&
					( type === null || value.type === type ) &&
					( currency === null || value.currency === currency )
			);
		return page( rows, params, path );
	} );
	add( 'GET', '/v1/balance_transactions/:id', ( { id } ) => {
		const transaction = store.get( 'transactions', id );
		if ( ! transaction ) {
			throw noSuch( 'balance transaction', id, 'balance_transaction' );
		}
		return transaction;
	} );
}
