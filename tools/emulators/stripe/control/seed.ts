import type { FastifyInstance } from 'fastify';
import type Stripe from 'stripe';
import { saveLines } from '../api/session-create.ts';
import type { Context, Worlds } from '../context.ts';
import { newId } from '../ids.ts';
import { buildPaymentIntent } from '../objects/payment-intent.ts';
import { buildSession, customerDetails } from '../objects/session.ts';
import { bookDispute, DISPUTE_STATES } from '../outcomes/dispute.ts';
import { newCharge, refuse, succeed } from '../outcomes/payment.ts';
import { bookRefund, REFUND_STATES } from '../outcomes/refund.ts';

/** A finished sale to be put in as if it had happened long ago: no events, no webhooks, no calls. */
export interface SeededSale {
	session_id: string;
	payment_intent_id?: string | null;
	charge_id?: string;
	amount_minor: number;
	currency: string;
	/** Unix seconds. */
	created: number;
	expires_at?: number;
	email?: string | null;
	metadata?: Record< string, string >;
	product?: string;
	success_url?: string;
	cancel_url?: string;
	/** `unpaid` is a delayed payment under way, `failed` one that did not arrive. */
	state: 'open' | 'paid' | 'expired' | 'unpaid' | 'failed';
	refunds?: Array< {
		id?: string;
		amount_minor: number;
		status: string;
		created?: number;
		metadata?: Record< string, string >;
		reason?: string | null;
	} >;
	dispute?: { id?: string; status: string; created?: number } | null;
}

const metadata = { type: 'object', additionalProperties: { type: 'string' } };
const text = { type: 'string', minLength: 1 };
const optionalText = { type: [ 'string', 'null' ] };
const count = { type: 'integer', minimum: 0 };

const refundSchema = {
	type: 'object',
	required: [ 'amount_minor', 'status' ],
	additionalProperties: false,
	properties: {
		id: text,
		amount_minor: count,
		status: { enum: REFUND_STATES },
		created: count,
		metadata,
		reason: optionalText,
	},
};

const sale = {
	type: 'object',
	required: [ 'session_id', 'amount_minor', 'currency', 'created', 'state' ],
	additionalProperties: false,
	properties: {
		session_id: { type: 'string', pattern: '^cs_' },
		payment_intent_id: { anyOf: [ { type: 'string', pattern: '^pi_' }, { type: 'null' } ] },
		charge_id: { type: 'string', pattern: '^(ch|py)_' },
		amount_minor: count,
		currency: { type: 'string', pattern: '^[a-z]{3}$' },
		created: count,
		expires_at: count,
		email: optionalText,
		metadata,
		product: text,
		success_url: text,
		cancel_url: text,
		state: { enum: [ 'open', 'paid', 'expired', 'unpaid', 'failed' ] },
		refunds: { type: 'array', items: refundSchema },
		dispute: {
			anyOf: [
				{
					type: 'object',
					required: [ 'status' ],
					additionalProperties: false,
					properties: { id: text, status: { enum: DISPUTE_STATES }, created: count },
				},
				{ type: 'null' },
			],
		},
	},
};

const body = {
	type: 'object',
	required: [ 'sales' ],
	additionalProperties: false,
	properties: { sales: { type: 'array', items: sale } },
};

const HOUR_S = 3600;
const DAY_S = 24 * HOUR_S;

function expiryOf( context: Context, given: SeededSale ): number {
	// An open seeded session must not expire before somebody looks at it.
	return given.expires_at ?? ( given.state === 'open' ? context.clock.seconds() + DAY_S : given.created + HOUR_S );
}

function seedSession( context: Context, given: SeededSale ): Stripe.Checkout.Session {
	const session = buildSession( {
		id: given.session_id,
		created: given.created,
		expires_at: expiryOf( context, given ),
		amount: given.amount_minor,
		currency: given.currency,
		metadata: given.metadata ?? {},
		success_url: given.success_url ?? 'http://127.0.0.1/',
		cancel_url: given.cancel_url ?? null,
		client_reference_id: null,
		customer_email: given.email ?? null,
		locale: null,
		submit_type: null,
		url: `${ context.publicUrl() }/c/pay/${ given.session_id }`,
		payment_method_types: [ 'card' ],
		adaptive_pricing: false,
		customer_creation: 'if_required',
		card: null,
	} );
	context.store.put( 'intentData', {
		id: session.id,
		metadata: given.metadata ?? {},
		description: null,
		receipt_email: null,
	} );
	saveLines( context, session.id, [
		{
			name: given.product ?? 'Picture',
			description: null,
			images: [],
			unitAmount: given.amount_minor,
			currency: given.currency,
			quantity: 1,
			created: given.created,
		},
	] );
	return context.store.put( 'sessions', session );
}

function seedPayment( context: Context, given: SeededSale, session: Stripe.Checkout.Session ): Stripe.PaymentIntent {
	const intent = buildPaymentIntent( {
		id: given.payment_intent_id ?? newId( 'pi_' ),
		created: given.created,
		amount: given.amount_minor,
		currency: given.currency,
		metadata: given.metadata ?? {},
		description: null,
		receipt_email: null,
		payment_method_types: [ 'card' ],
	} );
	const method = given.state === 'paid' ? 'card' : 'bank';
	const charge = newCharge( context, intent, {
		email: given.email ?? null,
		method,
		last4: '4242',
		created: given.created,
		...( given.charge_id === undefined ? {} : { id: given.charge_id } ),
	} );
	if ( given.state === 'paid' ) {
		succeed( context, intent, charge );
	} else if ( given.state === 'failed' ) {
		refuse( intent, charge );
	} else {
		intent.status = 'processing';
	}
	session.payment_intent = intent.id;
	return context.store.put( 'intents', intent );
}

function seedAftermath( context: Context, given: SeededSale, intent: Stripe.PaymentIntent ): void {
	for ( const refund of given.refunds ?? [] ) {
		bookRefund( context, {
			id: refund.id ?? newId( 're_' ),
			created: refund.created ?? given.created,
			amount: refund.amount_minor,
			currency: given.currency,
			charge: String( intent.latest_charge ),
			payment_intent: intent.id,
			metadata: refund.metadata ?? {},
			reason: refund.reason ?? null,
			status: refund.status,
		} );
	}
	if ( given.dispute ) {
		bookDispute( context, { intentId: intent.id, created: given.created, ...given.dispute } );
	}
}

function seedSale( context: Context, given: SeededSale ): void {
	const session = seedSession( context, given );
	if ( given.state === 'open' || given.state === 'expired' ) {
		session.status = given.state;
		session.url = given.state === 'open' ? session.url : null;
		return;
	}
	Object.assign( session, {
		status: 'complete',
		url: null,
		payment_status: given.state === 'paid' ? 'paid' : 'unpaid',
	} );
	session.customer_details = customerDetails( given.email ?? 'buyer@example.com' );
	seedAftermath( context, given, seedPayment( context, given, session ) );
}

export function addSeedRoute( app: FastifyInstance, worlds: Worlds ): void {
	app.post( '/_emulator/seed', { schema: { body } }, async ( request ) => {
		const { sales } = request.body as { sales: SeededSale[] };
		const worldOf = ( each: SeededSale ) =>
			each.session_id.startsWith( 'cs_live_' ) ? worlds.live : worlds.test;
		sales.forEach( ( each ) => seedSale( worldOf( each ), each ) );
		[ worlds.test, worlds.live ].forEach( ( { store } ) => store.changed() );
		return { seeded: sales.length };
	} );
}
