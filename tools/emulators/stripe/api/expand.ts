import { invalid } from '../errors.ts';
import type { Store } from '../store.ts';
import { listOf } from './list.ts';

type Json = Record< string, unknown >;
type Loader = ( store: Store, owner: Json ) => unknown;

const MAX_DEPTH = 4;

const byId =
	( kind: 'intents' | 'charges' | 'transactions', field: string ): Loader =>
	( store, owner ) => {
		const id = owner[ field ];
		return typeof id === 'string' ? ( store.get( kind, id ) ?? id ) : id;
	};

const intent = byId( 'intents', 'payment_intent' );
const charge = byId( 'charges', 'charge' );
const transaction = byId( 'transactions', 'balance_transaction' );
const nothing: Loader = () => null;

function refundsOf( store: Store, owner: Json ): unknown {
	const refunds = store.all( 'refunds' ).filter( ( refund ) => refund.charge === owner[ 'id' ] );
	return listOf( refunds.reverse(), false, `/v1/charges/${ String( owner[ 'id' ] ) }/refunds` );
}

function linesOf( store: Store, owner: Json ): unknown {
	const lines = store.get( 'lineItems', String( owner[ 'id' ] ) )?.items ?? [];
	return listOf( lines, false, `/v1/checkout/sessions/${ String( owner[ 'id' ] ) }/line_items` );
}

const EXPANDABLE: Record< string, Record< string, Loader > > = {
	'checkout.session': { payment_intent: intent, line_items: linesOf, customer: nothing, invoice: nothing },
	payment_intent: {
		latest_charge: byId( 'charges', 'latest_charge' ),
		customer: nothing,
		payment_method: ( _s, owner ) => owner[ 'payment_method' ],
	},
	charge: { balance_transaction: transaction, payment_intent: intent, refunds: refundsOf, customer: nothing },
	refund: {
		balance_transaction: transaction,
		charge,
		payment_intent: intent,
		failure_balance_transaction: byId( 'transactions', 'failure_balance_transaction' ),
	},
	dispute: { charge, payment_intent: intent },
	item: { price: ( _store, owner ) => owner[ 'price' ] },
	price: { product: ( store, owner ) => store.get( 'products', String( owner[ 'product' ] ) ) ?? null },
};

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
	const load = EXPANDABLE[ String( owner[ 'object' ] ) ]?.[ field ];
	if ( ! load ) {
		throw invalid( `This property cannot be expanded (${ whole }).`, 'expand' );
	}
	if ( owner[ field ] === undefined || typeof owner[ field ] !== 'object' || owner[ field ] === null ) {
		owner[ field ] = structuredClone( load( store, owner ) );
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
