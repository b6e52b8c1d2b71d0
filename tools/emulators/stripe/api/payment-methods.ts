import type { Context } from '../context.ts';
import { invalid, noSuch } from '../errors.ts';
import { newId } from '../ids.ts';
import { buildMethod, fateOf, type Fate, type MethodRecord } from '../objects/payment-method.ts';
import type { Params } from './params.ts';
import type { AddRoute } from './route.ts';
import { emailOf } from './texts.ts';

const SOURCES = { card: 'card[token]', sepa_debit: 'sepa_debit[iban]' } as const;

/** What comes of a method that a request names: one that was made, or one of Stripe's test names. @throws StripeError */
export function methodFate(
	context: Context,
	id: string,
	param = 'payment_method'
): { fate: Fate; email: string | null } {
	const record = context.store.get( 'methods', id );
	const fate = record?.fate ?? fateOf( id );
	if ( fate === null ) {
		throw noSuch( 'PaymentMethod', id, param );
	}
	return { fate, email: record?.method.billing_details.email ?? null };
}

function create( context: Context, params: Params ): MethodRecord {
	params.only( [ 'billing_details', 'card', 'expand', 'metadata', 'sepa_debit', 'type' ] );
	const type = params.needText( 'type' );
	if ( type !== 'card' && type !== 'sepa_debit' ) {
		throw invalid( `Invalid type: this emulator knows card and sepa_debit, not ${ type }.`, 'type' );
	}
	const source = params.needText( SOURCES[ type ] );
	const fate = fateOf( source );
	if ( fate === null ) {
		throw noSuch( type === 'card' ? 'token' : 'test account', source, SOURCES[ type ] );
	}
	const method = buildMethod( {
		id: newId( 'pm_' ),
		created: context.clock.seconds(),
		type,
		billing: {
			email: emailOf( params, 'billing_details[email]' ),
			name: params.text( 'billing_details[name]' ),
			phone: params.text( 'billing_details[phone]' ),
		},
		metadata: params.metadata( 'metadata' ),
		livemode: context.store.livemode,
	} );
	return context.store.put( 'methods', { id: method.id, method, fate } );
}

export function addPaymentMethodRoutes( add: AddRoute, context: Context ): void {
	add( 'POST', '/v1/payment_methods', ( { params } ) => create( context, params ).method );
	add( 'GET', '/v1/payment_methods/:id', ( { id } ) => {
		const record = context.store.get( 'methods', id );
		if ( ! record ) {
			throw noSuch( 'PaymentMethod', id, 'payment_method' );
		}
		return record.method;
	} );
}
