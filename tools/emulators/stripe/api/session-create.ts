import type Stripe from 'stripe';
import type { Context } from '../context.ts';
import { invalid, missing } from '../errors.ts';
import { newId } from '../ids.ts';
import { buildLineItem, buildProduct, type LineInput } from '../objects/line-item.ts';
import { buildSession } from '../objects/session.ts';
import type { Params } from './params.ts';
import { checkUrl } from './texts.ts';

const KNOWN = [
	'adaptive_pricing',
	'after_expiration',
	'allow_promotion_codes',
	'allowed_payment_method_types',
	'automatic_tax',
	'billing_address_collection',
	'branding_settings',
	'cancel_url',
	'client_reference_id',
	'consent_collection',
	'currency',
	'custom_fields',
	'custom_text',
	'customer',
	'customer_account',
	'customer_creation',
	'customer_email',
	'customer_update',
	'discounts',
	'excluded_payment_method_types',
	'expand',
	'expires_at',
	'integration_identifier',
	'invoice_creation',
	'line_items',
	'locale',
	'managed_payments',
	'metadata',
	'mode',
	'name_collection',
	'optional_items',
	'origin_context',
	'payment_intent_data',
	'payment_method_collection',
	'payment_method_configuration',
	'payment_method_data',
	'payment_method_options',
	'payment_method_types',
	'permissions',
	'phone_number_collection',
	'redirect_on_completion',
	'return_url',
	'saved_payment_method_options',
	'setup_intent_data',
	'shipping_address_collection',
	'shipping_options',
	'submit_type',
	'subscription_data',
	'success_url',
	'tax_id_collection',
	'ui_mode',
	'wallet_options',
];

const MINUTE_S = 60;
const SHORTEST_S = 30 * MINUTE_S;
const LONGEST_S = 24 * 60 * MINUTE_S;
/** A caller computes "in 30 minutes" a moment before we look. */
const TOLERANCE_S = MINUTE_S;

/** The least that can be charged, in minor units; other currencies are taken as 50. */
const MINIMUM: Record< string, number > = {
	gbp: 30,
	jpy: 50,
	mxn: 1000,
	sek: 300,
	nok: 300,
	dkk: 250,
	huf: 17500,
	czk: 1500,
	pln: 200,
};

function currencyOf( params: Params, path: string ): string {
	const currency = params.needText( path );
	if ( ! /^[a-z]{3}$/.test( currency ) ) {
		throw invalid( `Invalid currency: ${ currency }. Currencies are lower-case three-letter ISO codes.`, path );
	}
	return currency;
}

function amountOf( params: Params, base: string ): number {
	const decimal = params.text( `${ base }[unit_amount_decimal]` );
	const amount = params.integer( `${ base }[unit_amount]` ) ?? ( decimal === null ? null : Number( decimal ) );
	if ( amount === null ) {
		throw missing( `${ base }[unit_amount]` );
	}
	if ( ! Number.isInteger( amount ) || amount < 0 ) {
		throw invalid( `Invalid integer: ${ amount }`, `${ base }[unit_amount]`, 'parameter_invalid_integer' );
	}
	return amount;
}

function lineOf( params: Params, index: number, created: number ): LineInput {
	const base = `line_items[${ index }]`;
	const price = `${ base }[price_data]`;
	if ( ! params.has( price ) ) {
		throw params.has( `${ base }[price]` )
			? invalid(
					`No such price: '${ params.text( `${ base }[price]` ) }'`,
					`${ base }[price]`,
					'resource_missing'
				)
			: missing( price );
	}
	const product = `${ price }[product_data]`;
	return {
		name: params.needText( `${ product }[name]` ),
		description: params.text( `${ product }[description]` ),
		images: params.texts( `${ product }[images]` ),
		unitAmount: amountOf( params, price ),
		currency: currencyOf( params, `${ price }[currency]` ),
		quantity: params.integer( `${ base }[quantity]` ) ?? 1,
		created,
	};
}

function linesOf( params: Params, created: number ): LineInput[] {
	const lines = params.list( 'line_items' ).map( ( _line, index ) => lineOf( params, index, created ) );
	if ( lines.length === 0 ) {
		throw missing( 'line_items' );
	}
	if ( new Set( lines.map( ( line ) => line.currency ) ).size > 1 ) {
		throw invalid( 'All line items must have the same currency.', 'line_items' );
	}
	return lines;
}

function checkAmount( amount: number, currency: string ): void {
	const least = MINIMUM[ currency ] ?? 50;
	if ( amount < least ) {
		throw invalid(
			`The Checkout Session's total amount due must add up to at least ${ least } ${ currency } (minor units).`,
			'line_items',
			'amount_too_small'
		);
	}
}

function urlOf( params: Params, name: string, livemode: boolean ): string | null {
	const url = params.text( name );
	if ( url !== null ) {
		checkUrl( url, name, livemode );
	}
	return url;
}

function expiryOf( params: Params, now: number ): number {
	const expiry = params.integer( 'expires_at' ) ?? now + LONGEST_S;
	if ( expiry < now + SHORTEST_S - TOLERANCE_S ) {
		throw invalid(
			'The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.',
			'expires_at'
		);
	}
	if ( expiry > now + LONGEST_S + TOLERANCE_S ) {
		throw invalid(
			'The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.',
			'expires_at'
		);
	}
	return expiry;
}

function emailOf( params: Params, name: string ): string | null {
	const email = params.text( name );
	if ( email !== null && ! /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test( email ) ) {
		throw invalid( `Invalid email address: ${ email }`, name, 'email_invalid' );
	}
	return email;
}

function checkMode( params: Params ): void {
	const mode = params.needText( 'mode' );
	if ( mode !== 'payment' ) {
		throw invalid( `Invalid mode: this emulator knows only payment, not ${ mode }.`, 'mode' );
	}
	const ui = params.text( 'ui_mode' );
	if ( ui !== null && ui !== 'hosted_page' && ui !== 'hosted' ) {
		throw invalid( `Invalid ui_mode: this emulator knows only hosted_page, not ${ ui }.`, 'ui_mode' );
	}
}

function cardOptions( params: Params ): Record< string, unknown > | null {
	if ( ! params.has( 'payment_method_options[card]' ) ) {
		return null;
	}
	return {
		request_three_d_secure: params.text( 'payment_method_options[card][request_three_d_secure]' ) ?? 'automatic',
	};
}

function build( context: Context, params: Params, lines: LineInput[] ): Stripe.Checkout.Session {
	const created = context.clock.seconds();
	const id = newId( context.store.livemode ? 'cs_live_' : 'cs_test_' );
	const types = params.texts( 'payment_method_types' );
	const success_url = urlOf( params, 'success_url', context.store.livemode );
	if ( success_url === null ) {
		throw missing( 'success_url' );
	}
	return buildSession( {
		id,
		created,
		expires_at: expiryOf( params, created ),
		amount: lines.reduce( ( sum, line ) => sum + line.unitAmount * line.quantity, 0 ),
		currency: lines[ 0 ]?.currency ?? 'usd',
		metadata: params.metadata( 'metadata' ),
		success_url,
		cancel_url: urlOf( params, 'cancel_url', context.store.livemode ),
		client_reference_id: params.text( 'client_reference_id' ),
		customer_email: emailOf( params, 'customer_email' ),
		locale: params.text( 'locale' ),
		submit_type: params.text( 'submit_type' ),
		url: `${ context.publicUrl() }/c/pay/${ id }`,
		payment_method_types: types.length > 0 ? types : [ 'card' ],
		adaptive_pricing: params.flag( 'adaptive_pricing[enabled]' ) ?? true,
		customer_creation: params.text( 'customer_creation' ) ?? 'if_required',
		card: cardOptions( params ),
	} );
}

/** `POST /v1/checkout/sessions`. @throws StripeError */
export function createSession( context: Context, params: Params ): Stripe.Checkout.Session {
	params.only( KNOWN );
	checkMode( params );
	const lines = linesOf( params, context.clock.seconds() );
	const session = build( context, params, lines );
	checkAmount( session.amount_total ?? 0, session.currency ?? 'usd' );
	context.store.put( 'intentData', {
		id: session.id,
		metadata: params.metadata( 'payment_intent_data[metadata]' ),
		description: params.text( 'payment_intent_data[description]' ),
		receipt_email: emailOf( params, 'payment_intent_data[receipt_email]' ),
	} );
	saveLines( context, session.id, lines );
	return context.store.put( 'sessions', session );
}

/** Keeps a session's lines and their products. */
export function saveLines( context: Context, sessionId: string, lines: LineInput[] ): void {
	const { store } = context;
	const items = lines.map( ( line ) =>
		buildLineItem( line, store.put( 'products', buildProduct( line ) ), store.livemode )
	);
	store.put( 'lineItems', { id: sessionId, items } );
}
