import type Stripe from 'stripe';
import type { Context } from '../context.ts';
import { invalid, missing, noSuch } from '../errors.ts';
import { idOf, newId } from '../ids.ts';
import { isCurrency, MOST } from '../money.ts';
import { buildLineItem, buildProduct, type LineInput } from '../objects/line-item.ts';
import { buildSession } from '../objects/session.ts';
import type { Params } from './params.ts';
import { checkAmount, LOCALES } from './session-limits.ts';
import { checkUrl, emailOf, imagesOf, needShort, short } from './texts.ts';

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

function currencyOf( params: Params, path: string ): string {
	const currency = params.needText( path );
	if ( ! /^[a-z]{3}$/.test( currency ) ) {
		throw invalid( `Invalid currency: ${ currency }. Currencies are lower-case three-letter ISO codes.`, path );
	}
	if ( ! isCurrency( currency ) ) {
		throw invalid( `Invalid currency: ${ currency }. Stripe does not support it.`, path );
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
	if ( amount > MOST ) {
		throw invalid(
			`Invalid integer: must be no more than ${ MOST }`,
			`${ base }[unit_amount]`,
			'amount_too_large'
		);
	}
	return amount;
}

const LINE = [ 'adjustable_quantity', 'dynamic_tax_rates', 'metadata', 'price', 'price_data', 'quantity', 'tax_rates' ];
const PRICE = [
	'currency',
	'product',
	'product_data',
	'recurring',
	'tax_behavior',
	'unit_amount',
	'unit_amount_decimal',
];
const PRODUCT = [ 'description', 'images', 'metadata', 'name', 'tax_code', 'unit_label' ];
const INTENT = [
	'application_fee_amount',
	'capture_method',
	'description',
	'metadata',
	'on_behalf_of',
	'receipt_email',
	'setup_future_usage',
	'shipping',
	'statement_descriptor',
	'statement_descriptor_suffix',
	'transfer_data',
	'transfer_group',
];
const NAME = 250;
const DESCRIPTION = 40_000;
const INTENT_DESCRIPTION = 1000;
const REFERENCE = 200;

function quantityOf( params: Params, path: string ): number {
	const quantity = params.integer( path ) ?? 1;
	if ( quantity < 1 ) {
		throw invalid( 'This value must be greater than or equal to 1.', path, 'parameter_invalid_integer' );
	}
	return quantity;
}

/** A line that names a price made before. */
function pricedLine( context: Context, params: Params, base: string ): LineInput {
	params.only( LINE, base );
	const id = params.needText( `${ base }[price]` );
	const price = context.store.get( 'prices', id );
	if ( ! price ) {
		throw noSuch( 'price', id, `${ base }[price]` );
	}
	const product = context.store.get( 'products', idOf( price.product ) ?? '' );
	return {
		name: product?.name ?? '',
		description: product?.description ?? null,
		images: product?.images ?? [],
		unitAmount: price.unit_amount ?? 0,
		currency: price.currency,
		quantity: quantityOf( params, `${ base }[quantity]` ),
		created: price.created,
		price,
	};
}

function lineOf( context: Context, params: Params, index: number ): LineInput {
	const base = `line_items[${ index }]`;
	const price = `${ base }[price_data]`;
	if ( params.has( `${ base }[price]` ) ) {
		return pricedLine( context, params, base );
	}
	if ( ! params.has( price ) ) {
		throw missing( price );
	}
	const product = `${ price }[product_data]`;
	params.only( LINE, base );
	params.only( PRICE, price );
	params.only( PRODUCT, product );
	return {
		name: needShort( params, `${ product }[name]`, NAME ),
		description: short( params, `${ product }[description]`, DESCRIPTION ),
		images: imagesOf( params, `${ product }[images]` ),
		unitAmount: amountOf( params, price ),
		currency: currencyOf( params, `${ price }[currency]` ),
		quantity: quantityOf( params, `${ base }[quantity]` ),
		created: context.clock.seconds(),
	};
}

function linesOf( context: Context, params: Params ): LineInput[] {
	const lines = params.list( 'line_items' ).map( ( _line, index ) => lineOf( context, params, index ) );
	if ( lines.length === 0 ) {
		throw missing( 'line_items' );
	}
	if ( new Set( lines.map( ( line ) => line.currency ) ).size > 1 ) {
		throw invalid( 'All line items must have the same currency.', 'line_items' );
	}
	return lines;
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

function localeOf( params: Params ): string | null {
	const locale = params.text( 'locale' );
	if ( locale !== null && ! LOCALES.includes( locale ) ) {
		throw invalid( `Invalid locale: must be one of ${ LOCALES.join( ', ' ) }`, 'locale' );
	}
	return locale;
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

function checkCapture( params: Params ): void {
	const method = params.text( 'payment_intent_data[capture_method]' );
	if ( method !== null && method !== 'automatic' && method !== 'automatic_async' ) {
		throw invalid(
			`Invalid capture_method: this emulator captures automatically only, not ${ method }.`,
			'payment_intent_data[capture_method]'
		);
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
		client_reference_id: short( params, 'client_reference_id', REFERENCE ),
		customer_email: emailOf( params, 'customer_email' ),
		locale: localeOf( params ),
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
	params.only( INTENT, 'payment_intent_data' );
	checkMode( params );
	checkCapture( params );
	const lines = linesOf( context, params );
	const session = build( context, params, lines );
	const [ total, currency ] = [ session.amount_total ?? 0, session.currency ?? 'usd' ];
	checkAmount( total, currency, context.settings(), 'line_items', "The Checkout Session's total amount" );
	context.store.put( 'intentData', {
		id: session.id,
		metadata: params.metadata( 'payment_intent_data[metadata]' ),
		description: short( params, 'payment_intent_data[description]', INTENT_DESCRIPTION ),
		receipt_email: emailOf( params, 'payment_intent_data[receipt_email]' ),
	} );
	saveLines( context, session.id, lines );
	return context.store.put( 'sessions', session );
}

/** Keeps a session's lines and their products. */
export function saveLines( context: Context, sessionId: string, lines: LineInput[] ): void {
	const { store } = context;
	const items = lines.map( ( line ) => {
		const product = line.price ? idOf( line.price.product ) : store.put( 'products', buildProduct( line ) ).id;
		return buildLineItem( line, product ?? '', store.livemode );
	} );
	store.put( 'lineItems', { id: sessionId, items } );
}
