import type Stripe from 'stripe';
import type { Context } from '../context.ts';
import { invalid, missing, noSuch } from '../errors.ts';
import { newId } from '../ids.ts';
import { isCurrency, MOST } from '../money.ts';
import { buildPrice, buildProduct } from '../objects/line-item.ts';
import { page } from './list.ts';
import type { Params } from './params.ts';
import type { AddRoute } from './route.ts';
import { imagesOf, needShort, short } from './texts.ts';

const LIST = [ 'active', 'created', 'ending_before', 'expand', 'limit', 'starting_after' ];
const NAME = 250;
const DESCRIPTION = 40_000;

function createProduct( context: Context, params: Params ): Stripe.Product {
	params.only( [ 'active', 'description', 'expand', 'images', 'metadata', 'name' ] );
	const product = buildProduct( {
		name: needShort( params, 'name', NAME ),
		description: short( params, 'description', DESCRIPTION ),
		images: imagesOf( params, 'images' ),
		created: context.clock.seconds(),
	} );
	const metadata = params.metadata( 'metadata' );
	return context.store.put( 'products', { ...product, metadata, active: params.flag( 'active' ) ?? true } );
}

function createPrice( context: Context, params: Params ): Stripe.Price {
	params.only( [ 'active', 'currency', 'expand', 'metadata', 'nickname', 'product', 'unit_amount' ] );
	const currency = params.needText( 'currency' ).toLowerCase();
	if ( ! isCurrency( currency ) ) {
		throw invalid( `Invalid currency: ${ currency }. Stripe does not support it.`, 'currency' );
	}
	const product = params.needText( 'product' );
	if ( ! context.store.get( 'products', product ) ) {
		throw noSuch( 'product', product, 'product' );
	}
	const unitAmount = params.integer( 'unit_amount' );
	if ( unitAmount === null ) {
		throw missing( 'unit_amount' );
	}
	if ( unitAmount < 0 || unitAmount > MOST ) {
		throw invalid( `Invalid integer: ${ unitAmount }`, 'unit_amount', 'parameter_invalid_integer' );
	}
	const price = buildPrice( {
		id: newId( 'price_' ),
		created: context.clock.seconds(),
		currency,
		product,
		unitAmount,
		livemode: context.store.livemode,
	} );
	const metadata = params.metadata( 'metadata' );
	return context.store.put( 'prices', { ...price, metadata, active: params.flag( 'active' ) ?? true } );
}

export function addProductRoutes( add: AddRoute, context: Context ): void {
	const { store } = context;
	const find = < T >( kind: string, id: string, found: T | undefined ): T => {
		if ( ! found ) {
			throw noSuch( kind, id, 'id' );
		}
		return found;
	};
	add( 'POST', '/v1/products', ( { params } ) => createProduct( context, params ) );
	add( 'GET', '/v1/products', ( { params, path } ) => {
		params.only( LIST );
		return page( store.rows( 'products' ), params, path );
	} );
	add( 'GET', '/v1/products/:id', ( { id } ) => find( 'product', id, store.get( 'products', id ) ) );
	add( 'POST', '/v1/prices', ( { params } ) => createPrice( context, params ) );
	add( 'GET', '/v1/prices', ( { params, path } ) => {
		params.only( [ ...LIST, 'product' ] );
		const product = params.text( 'product' );
		const rows = store.rows( 'prices' ).filter( ( { value } ) => product === null || value.product === product );
		return page( rows, params, path );
	} );
	add( 'GET', '/v1/prices/:id', ( { id } ) => find( 'price', id, store.get( 'prices', id ) ) );
}
