import type Stripe from 'stripe';
import type { Context } from '../context.ts';
import { invalid, noSuch, StripeError } from '../errors.ts';
import { newId } from '../ids.ts';
import { isCurrency } from '../money.ts';
import { buildPaymentIntent } from '../objects/payment-intent.ts';
import { cancelIntent, captureIntent, confirmIntent } from '../outcomes/intent.ts';
import { page } from './list.ts';
import type { Params } from './params.ts';
import { methodFate } from './payment-methods.ts';
import type { AddRoute } from './route.ts';
import { checkAmount } from './session-limits.ts';
import { emailOf, short } from './texts.ts';

const CREATE = [
	'amount',
	'capture_method',
	'confirm',
	'confirmation_method',
	'currency',
	'description',
	'expand',
	'mandate_data',
	'metadata',
	'payment_method',
	'payment_method_types',
	'receipt_email',
	'return_url',
	'setup_future_usage',
	'shipping',
];
const CONFIRM = [ 'expand', 'mandate_data', 'payment_method', 'receipt_email', 'return_url', 'setup_future_usage' ];
const CAPTURES = [ 'automatic', 'automatic_async', 'manual' ];
const REASONS = [ 'duplicate', 'fraudulent', 'requested_by_customer', 'abandoned' ];
const OPEN = [ 'requires_payment_method', 'requires_confirmation', 'requires_action' ];
const DESCRIPTION = 1000;

function oneOf( params: Params, path: string, known: readonly string[] ): string | null {
	const value = params.text( path );
	if ( value !== null && ! known.includes( value ) ) {
		throw invalid( `Invalid ${ path }: must be one of ${ known.join( ', ' ) }`, path );
	}
	return value;
}

function needStatus( intent: Stripe.PaymentIntent, verb: string, allowed: readonly string[] ): void {
	if ( ! allowed.includes( intent.status ) ) {
		throw new StripeError(
			400,
			`This PaymentIntent's ${ verb } because it has a status of ${ intent.status }. Only a PaymentIntent with one of the following statuses may be: ${ allowed.join( ', ' ) }.`,
			{ code: 'payment_intent_unexpected_state' }
		);
	}
}

function create( context: Context, params: Params ): Stripe.PaymentIntent {
	params.only( CREATE );
	const currency = params.needText( 'currency' ).toLowerCase();
	if ( ! isCurrency( currency ) ) {
		throw invalid( `Invalid currency: ${ currency }. Stripe does not support it.`, 'currency' );
	}
	params.needText( 'amount' );
	const amount = params.integer( 'amount' ) ?? 0;
	checkAmount( amount, currency, context.settings(), 'amount', 'Amount' );
	const capture = oneOf( params, 'capture_method', CAPTURES );
	const method = params.text( 'payment_method' );
	const fate = method === null ? null : methodFate( context, method ).fate;
	const types = params.texts( 'payment_method_types' );
	const intent = buildPaymentIntent( {
		id: newId( 'pi_' ),
		created: context.clock.seconds(),
		amount,
		currency,
		metadata: params.metadata( 'metadata' ),
		description: short( params, 'description', DESCRIPTION ),
		receipt_email: emailOf( params, 'receipt_email' ),
		payment_method_types: types.length > 0 ? types : [ 'card' ],
	} );
	intent.capture_method = ( capture ?? intent.capture_method ) as Stripe.PaymentIntent.CaptureMethod;
	intent.payment_method = method;
	intent.status = method === null ? 'requires_payment_method' : 'requires_confirmation';
	context.store.put( 'intents', intent );
	context.events.emit( 'payment_intent.created', intent );
	if ( params.flag( 'confirm' ) ) {
		confirm( context, intent, fate );
	}
	return intent;
}

function confirm(
	context: Context,
	intent: Stripe.PaymentIntent,
	fate: ReturnType< typeof methodFate >[ 'fate' ] | null
): void {
	if ( fate === null ) {
		throw new StripeError( 400, 'You cannot confirm this PaymentIntent because it is missing a payment method.', {
			code: 'payment_intent_unexpected_state',
		} );
	}
	confirmIntent( context, intent, fate );
}

function addStepRoutes( add: AddRoute, context: Context, find: ( id: string ) => Stripe.PaymentIntent ): void {
	add( 'POST', '/v1/payment_intents/:id/confirm', ( { id, params } ) => {
		params.only( CONFIRM );
		const intent = find( id );
		needStatus( intent, 'payment could not be confirmed', OPEN );
		const method = params.text( 'payment_method' ) ?? ( intent.payment_method as string | null );
		confirm( context, intent, method === null ? null : methodFate( context, method ).fate );
		return intent;
	} );
	add( 'POST', '/v1/payment_intents/:id/capture', ( { id, params } ) => {
		params.only( [ 'expand' ] );
		const intent = find( id );
		needStatus( intent, 'payment could not be captured', [ 'requires_capture' ] );
		captureIntent( context, intent );
		return intent;
	} );
	add( 'POST', '/v1/payment_intents/:id/cancel', ( { id, params } ) => {
		params.only( [ 'cancellation_reason', 'expand' ] );
		const intent = find( id );
		const reason = oneOf( params, 'cancellation_reason', REASONS );
		needStatus( intent, 'payment could not be canceled', [ ...OPEN, 'requires_capture' ] );
		cancelIntent( context, intent, reason );
		return intent;
	} );
}

export function addPaymentIntentRoutes( add: AddRoute, context: Context ): void {
	const find = ( id: string ): Stripe.PaymentIntent => {
		const intent = context.store.get( 'intents', id );
		if ( ! intent ) {
			throw noSuch( 'payment_intent', id, 'intent' );
		}
		return intent;
	};
	add( 'POST', '/v1/payment_intents', ( { params } ) => create( context, params ) );
	add( 'GET', '/v1/payment_intents', ( { params, path } ) => {
		params.only( [ 'created', 'customer', 'ending_before', 'expand', 'limit', 'starting_after' ] );
		return page( context.store.rows( 'intents' ), params, path );
	} );
	add( 'GET', '/v1/payment_intents/:id', ( { id } ) => find( id ) );
	addStepRoutes( add, context, find );
}
