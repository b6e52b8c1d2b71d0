import { invalid } from '../errors.ts';
import type { Resource } from '../keys.ts';
import type { Store } from '../store.ts';
import { listOf } from './list.ts';

type Json = Record< string, unknown >;
type Loader = ( store: Store, owner: Json ) => unknown;

/** A property that can be expanded: how, to what kind of object, and which right that needs (none if null). */
interface Expandable {
	load: Loader;
	object: string;
	resource: Resource | null;
}

const MAX_DEPTH = 4;

const byId =
	( kind: 'intents' | 'charges' | 'transactions', field: string ): Loader =>
	( store, owner ) => {
		const id = owner[ field ];
		return typeof id === 'string' ? ( store.get( kind, id ) ?? id ) : id;
	};

const to = ( load: Loader, object: string, resource: Resource | null ): Expandable => ( { load, object, resource } );
const intent = to( byId( 'intents', 'payment_intent' ), 'payment_intent', 'payment_intents' );
const chargeIn = ( field: string ) => to( byId( 'charges', field ), 'charge', 'charges' );
const transactionIn = ( field: string ) => to( byId( 'transactions', field ), 'balance_transaction', 'balance' );
const itself =
	( field: string ): Loader =>
	( _store, owner ) =>
		owner[ field ];
const customer = to( () => null, 'customer', 'customers' );

function refundsOf( store: Store, owner: Json ): unknown {
	const refunds = store.all( 'refunds' ).filter( ( refund ) => refund.charge === owner[ 'id' ] );
	return listOf( refunds.reverse(), false, `/v1/charges/${ String( owner[ 'id' ] ) }/refunds` );
}

function linesOf( store: Store, owner: Json ): unknown {
	const lines = store.get( 'lineItems', String( owner[ 'id' ] ) )?.items ?? [];
	return listOf( lines, false, `/v1/checkout/sessions/${ String( owner[ 'id' ] ) }/line_items` );
}

const EXPANDABLE: Record< string, Record< string, Expandable > > = {
	'checkout.session': {
		customer,
		invoice: to( () => null, 'invoice', null ),
		line_items: to( linesOf, 'item', null ),
		payment_intent: intent,
	},
	payment_intent: {
		customer,
		latest_charge: chargeIn( 'latest_charge' ),
		payment_method: to( itself( 'payment_method' ), 'payment_method', 'payment_methods' ),
	},
	charge: {
		balance_transaction: transactionIn( 'balance_transaction' ),
		customer,
		payment_intent: intent,
		refunds: to( refundsOf, 'refund', 'refunds' ),
	},
	refund: {
		balance_transaction: transactionIn( 'balance_transaction' ),
		charge: chargeIn( 'charge' ),
		failure_balance_transaction: transactionIn( 'failure_balance_transaction' ),
		payment_intent: intent,
	},
	dispute: { charge: chargeIn( 'charge' ), payment_intent: intent },
	item: { price: to( itself( 'price' ), 'price', 'prices' ) },
	price: {
		product: to(
			( store, owner ) => store.get( 'products', String( owner[ 'product' ] ) ) ?? null,
			'product',
			'products'
		),
	},
};

/** Which rights a path to be expanded needs, whatever the objects turn out to hold. */
export function expandedResources( root: string, whole: string ): Resource[] {
	const needed: Resource[] = [];
	let object = root;
	for ( const field of whole.split( '.' ).filter( ( part ) => part !== 'data' ) ) {
		const found = EXPANDABLE[ object ]?.[ field ];
		if ( found?.resource ) {
			needed.push( found.resource );
		}
		object = found?.object ?? '';
	}
	return needed;
}

function expandOne( store: Store, owner: Json, path: string[], whole: string ): void {
	const [ field, ...rest ] = path;
	if ( field === undefined ) {
		return;
	}
	if ( owner[ 'object' ] === 'list' && field === 'data' ) {
		for ( const item of owner[ 'data' ] as Json[] ) {
			expandOne( store, item, rest, whole );
		}
		return;
	}
	const found = EXPANDABLE[ String( owner[ 'object' ] ) ]?.[ field ];
	if ( ! found ) {
		throw invalid( `This property cannot be expanded (${ whole }).`, 'expand' );
	}
	if ( owner[ field ] === undefined || typeof owner[ field ] !== 'object' || owner[ field ] === null ) {
		owner[ field ] = structuredClone( found.load( store, owner ) );
	}
	const child = owner[ field ];
	if ( child !== null && typeof child === 'object' ) {
		expandOne( store, child as Json, rest, whole );
	}
}

/** A copy of an object, expanded as asked. */
export function render( store: Store, value: object, expand: string[] ): Json {
	const copy = structuredClone( value ) as Json;
	for ( const whole of expand ) {
		const path = whole.split( '.' );
		if ( path.filter( ( part ) => part !== 'data' ).length > MAX_DEPTH ) {
			throw invalid( 'You cannot expand more than 4 levels of a property.', 'expand' );
		}
		expandOne( store, copy, path, whole );
	}
	return copy;
}
