import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import Stripe from 'stripe';
import type { Context } from '../../bridge/src/commands/context.ts';
import { Lease } from '../../bridge/src/protocol/lease.ts';
import { refund } from '../../bridge/src/commands/refund.ts';
import type { PaymentSnapshot, ReconcileSnapshot, ResolveSnapshot } from '../../bridge/src/contracts.generated.ts';
import { formOf, leased, sessionParameters, STRIPE_KEY, World } from './support/world.ts';

let world: World;

before( async () => {
	world = await World.create();
} );
after( () => world.close() );
beforeEach( () => world.clearFaults( world.stripeUrl ) );

async function open(
	job = randomUUID()
): Promise< { job: string; session: string; command: ReturnType< typeof leased< 'open_checkout' > > } > {
	const command = leased( 'open_checkout', {
		job_id: job,
		idempotency_key: `smi-session-${ job }`,
		session: sessionParameters( job, world.wordpress.site.uuid ),
	} );
	world.give( command );
	const report = await world.wordpress.reportOf( command );
	assert.equal( report.outcome, 'ok', JSON.stringify( report ) );
	return { job, session: report.provider_ids?.[ 'session' ] ?? '', command };
}

async function paid(): Promise< { job: string; session: string; intent: string } > {
	const { job, session } = await open();
	await world.control( world.stripeUrl, `/checkout/sessions/${ session }`, {
		outcome: 'pay',
		email: 'buyer@example.org',
	} );
	const snapshot = await refresh( job, { session } );
	return { job, session, intent: snapshot.payment_intent?.id ?? '' };
}

async function refresh(
	job: string,
	known: { session?: string; payment_intent?: string; has_dispute?: boolean; is_fee_known?: boolean }
): Promise< PaymentSnapshot > {
	const command = leased( 'refresh_payment', {
		job_id: job,
		session: null,
		payment_intent: null,
		has_dispute: false,
		...known,
	} );
	world.give( command );
	const report = await world.wordpress.reportOf( command );
	assert.equal( report.outcome, 'snapshot', JSON.stringify( report ) );
	return report.snapshot as PaymentSnapshot;
}

/** An object of Stripe's, as it is there. */
async function fromStripe( path: string ): Promise< Record< string, unknown > > {
	const headers = { authorization: `Bearer ${ STRIPE_KEY }` };
	const answer = await fetch( `${ world.stripeUrl }/v1/${ path }`, { headers } );
	return ( await answer.json() ) as Record< string, unknown >;
}

/** When the charge of a payment began, in Unix seconds. */
const chargedAt = async ( { charge }: PaymentSnapshot ) =>
	( await fromStripe( `charges/${ charge?.id ?? '' }` ) )[ 'created' ] as number;

function refundOf(
	paidJob: { job: string; intent: string },
	uuid = randomUUID(),
	amount = 200
): ReturnType< typeof leased< 'refund' > > {
	const metadata = { smi_refund: uuid, smi_site: world.wordpress.site.uuid };
	return leased( 'refund', {
		job_id: paidJob.job,
		refund: uuid,
		payment_intent: paidJob.intent,
		amount_minor: amount,
		currency: 'usd',
		reason: 'requested_by_customer',
		metadata,
		idempotency_key: `smi-refund-${ uuid }`,
	} );
}

/** Says its 500 of before to every key; the refund that it made meanwhile is in the list from the second look on. */
function stripeThatBreaks( { makes }: { makes?: string } ) {
	const keys: string[] = [];
	let looks = 0;
	const refunds = {
		async *list() {
			if ( ++looks > 1 && makes !== undefined ) {
				yield { id: 're_late', metadata: { smi_refund: makes } };
			}
		},
		create( _parameters: unknown, { idempotencyKey }: { idempotencyKey: string } ) {
			keys.push( idempotencyKey );
			throw new Stripe.errors.StripeAPIError( {
				type: 'api_error',
				statusCode: 500,
				headers: { 'idempotent-replayed': 'true' },
			} );
		},
	};
	return { keys, refunds };
}

describe( 'open_checkout', () => {
	it( 'makes the session under its key and brings its address', async () => {
		const { job, session, command } = await open();
		const report = await world.wordpress.reportOf( command );
		assert.match( session, /^cs_/ );
		assert.match( report.provider_ids?.[ 'session_url' ] ?? '', /^http.*cs_/ );
		const calls = await world.calls( world.stripeUrl );
		assert.ok( calls.some( ( call ) => call.idempotency_key === `smi-session-${ job }` ) );
	} );

	it( 'brings the same session when it is done again', async () => {
		const { session, command } = await open();
		const again = { ...command, lease_no: 2, uuid: randomUUID() };
		world.give( again );
		assert.equal( ( await world.wordpress.reportOf( again ) ).provider_ids?.[ 'session' ], session );
	} );

	it( 'hands on what code on the site said of the session', async () => {
		const job = randomUUID();
		const own = sessionParameters( job, world.wordpress.site.uuid );
		const session = {
			...own,
			locale: 'fr-CA',
			customer_creation: 'always',
			submit_type: 'book',
			payment_method_types: [ 'card', 'sepa_debit' ],
			billing_address_collection: 'required',
			phone_number_collection: { enabled: true },
			tax_id_collection: { enabled: true, required: 'never' },
			consent_collection: { terms_of_service: 'required' },
			custom_text: { submit: { message: 'Thank you!' } },
			invoice_creation: { enabled: true, invoice_data: { footer: 'VAT included.' } },
			metadata: { ...( own[ 'metadata' ] as object ), campaign: 'autumn' },
			payment_intent_data: {
				...( own[ 'payment_intent_data' ] as object ),
				capture_method: 'automatic',
				description: '4x of 34',
				statement_descriptor_suffix: 'HARBOUR',
			},
		};
		const command = leased( 'open_checkout', { job_id: job, idempotency_key: `smi-session-${ job }`, session } );
		world.give( command );
		const report = await world.wordpress.reportOf( command );
		assert.equal( report.outcome, 'ok', JSON.stringify( report ) );
		const made = await fromStripe( `checkout/sessions/${ report.provider_ids?.[ 'session' ] }` );
		assert.deepEqual(
			[ made[ 'locale' ], made[ 'customer_creation' ], made[ 'submit_type' ], made[ 'payment_method_types' ] ],
			[ 'fr-CA', 'always', 'book', [ 'card', 'sepa_debit' ] ]
		);
		assert.deepEqual( made[ 'metadata' ], session.metadata );
		assert.equal( made[ 'amount_total' ], 500 );
	} );

	const TERMS: Record< string, Record< string, unknown > > = {
		allow_promotion_codes: { allow_promotion_codes: true },
		discounts: { discounts: [ { coupon: 'half' } ] },
		automatic_tax: { automatic_tax: { enabled: true } },
		'adaptive_pricing[enabled]': { adaptive_pricing: { enabled: true } },
		'payment_intent_data[capture_method]': { payment_intent_data: { capture_method: 'manual' } },
		'payment_intent_data[transfer_data]': { payment_intent_data: { transfer_data: { destination: 'acct_1' } } },
		'metadata[smi_job]': { metadata: { smi_job: 'another' } },
	};
	for ( const [ name, more ] of Object.entries( TERMS ) ) {
		it( `makes no page that sells on other terms: ${ name }`, async () => {
			const job = randomUUID();
			const session = { ...sessionParameters( job, world.wordpress.site.uuid ), ...more };
			const command = leased( 'open_checkout', { job_id: job, idempotency_key: job, session } );
			world.give( command );
			const report = await world.wordpress.reportOf( command );
			assert.deepEqual( [ report.outcome, report.error?.code ], [ 'refused', 'session_not_allowed' ] );
			assert.ok( report.error?.message.includes( ` ${ name } ` ), report.error?.message );
			const calls = await world.calls( world.stripeUrl );
			assert.ok( ! calls.some( ( call ) => call.idempotency_key === job ) );
		} );
	}

	it( 'reports a definite no as refused', async () => {
		const job = randomUUID();
		const command = leased( 'open_checkout', { job_id: job, idempotency_key: job, session: { mode: 'payment' } } );
		world.give( command );
		const report = await world.wordpress.reportOf( command );
		assert.equal( report.outcome, 'refused' );
		assert.equal( report.error?.status, 400 );
	} );

	for ( const status of [ 401, 403, 409, 429, 500, 503 ] ) {
		it( `tries again after HTTP ${ status }, which is not the job's fault`, async () => {
			await world.control( world.stripeUrl, '/faults', {
				match: { path: '/v1/checkout/sessions' },
				effect: { status },
				times: 1,
			} );
			const job = randomUUID();
			const command = leased( 'open_checkout', {
				job_id: job,
				idempotency_key: job,
				session: sessionParameters( job, world.wordpress.site.uuid ),
			} );
			world.give( command );
			assert.equal( ( await world.wordpress.reportOf( command ) ).outcome, 'retry' );
		} );
	}

	// Two cuts: the SDK itself asks once more, under the same key, when a kept connection turns out to be closed.
	it( 'tries again when the answer is lost', async () => {
		await world.control( world.stripeUrl, '/faults', {
			match: { path: '/v1/checkout/sessions' },
			effect: { drop: 'after' },
			times: 2,
		} );
		const job = randomUUID();
		const command = leased( 'open_checkout', {
			job_id: job,
			idempotency_key: job,
			session: sessionParameters( job, world.wordpress.site.uuid ),
		} );
		world.give( command );
		const report = await world.wordpress.reportOf( command );
		assert.deepEqual( [ report.outcome, report.error?.code ], [ 'retry', 'no_answer' ] );
	} );
} );

describe( 'expire_checkout', () => {
	it( 'closes an open page, and is content with a closed one', async () => {
		const { job, session } = await open();
		for ( let times = 0; times < 2; times++ ) {
			const command = leased( 'expire_checkout', { job_id: job, session } );
			world.give( command );
			assert.equal( ( await world.wordpress.reportOf( command ) ).outcome, 'ok' );
		}
		assert.equal( ( await refresh( job, { session } ) ).session?.status, 'expired' );
	} );

	it( 'reports an unknown session as refused', async () => {
		const command = leased( 'expire_checkout', { job_id: randomUUID(), session: 'cs_test_none' } );
		world.give( command );
		assert.equal( ( await world.wordpress.reportOf( command ) ).outcome, 'refused' );
	} );
} );

describe( 'refresh_payment', () => {
	it( 'sees a payment whose fee it may not read, or not yet, and says so', async () => {
		const { job, session, intent } = await paid();
		const troubles: [ number, unknown ][] = [
			[ 403, 'not_permitted' ],
			[ 500, 'no_answer' ],
		];
		for ( const [ status, why ] of troubles ) {
			await world.control( world.stripeUrl, '/faults', {
				match: { path: '/v1/balance_transactions' },
				effect: { status, body: { error: { type: 'invalid_request_error', message: 'No.' } } },
			} );
			const snapshot = await refresh( job, { session } );
			assert.equal( snapshot.payment_intent?.id, intent );
			assert.deepEqual( [ snapshot.charge?.fee_minor, snapshot.charge?.fee_unknown ], [ null, why ] );
			await world.clearFaults( world.stripeUrl );
		}
		assert.equal( ( await refresh( job, { session } ) ).charge?.fee_unknown, null );
	} );

	it( 'asks for the fee apart, and not when it is known', async () => {
		const { job, session } = await paid();
		const looks = async () =>
			( await world.calls( world.stripeUrl ) ).filter( ( { path } ) => path.includes( 'balance_transaction' ) );
		const before = await looks();
		assert.ok(
			before.length > 0 && before.every( ( { path } ) => path.startsWith( '/v1/balance_transactions/' ) )
		);
		const snapshot = await refresh( job, { session, is_fee_known: true } );
		assert.deepEqual( [ snapshot.charge?.fee_minor, snapshot.charge?.fee_unknown ], [ null, 'not_asked' ] );
		assert.equal( ( await looks() ).length, before.length );
	} );

	it( 'tells a paid session with its intent, charge and fee', async () => {
		const { job, session, intent } = await paid();
		const snapshot = await refresh( job, { session } );
		assert.equal( snapshot.smi_job, job );
		assert.equal( snapshot.smi_site, world.wordpress.site.uuid );
		assert.deepEqual(
			[ snapshot.session?.status, snapshot.session?.payment_status, snapshot.session?.email ],
			[ 'complete', 'paid', 'buyer@example.org' ]
		);
		assert.deepEqual( [ snapshot.payment_intent?.id, snapshot.payment_intent?.amount_received ], [ intent, 500 ] );
		assert.equal( typeof snapshot.charge?.fee_minor, 'number' );
		assert.equal( snapshot.livemode, false );
	} );

	it( 'tells when the money came in, also when it is asked later', async () => {
		const { job, session } = await paid();
		await new Promise( ( done ) => setTimeout( done, 1100 ) );
		const snapshot = await refresh( job, { session } );
		assert.equal( snapshot.paid_at, await chargedAt( snapshot ) );
	} );

	it( 'tells nothing of the time while nothing came in', async () => {
		const { job, session } = await open();
		assert.equal( ( await refresh( job, { session } ) ).paid_at, null );
		await world.control( world.stripeUrl, `/checkout/sessions/${ session }`, { outcome: 'pay_later' } );
		assert.equal( ( await refresh( job, { session } ) ).paid_at, null );
	} );

	it( 'takes the time of the success of a payment that takes days, not of its beginning', async () => {
		const { job, session } = await open();
		await world.control( world.stripeUrl, `/checkout/sessions/${ session }`, { outcome: 'pay_later' } );
		await new Promise( ( done ) => setTimeout( done, 1100 ) );
		await world.control( world.stripeUrl, `/checkout/sessions/${ session }`, { outcome: 'settle' } );
		const snapshot = await refresh( job, { session } );
		const began = await chargedAt( snapshot );
		assert.ok( ( snapshot.paid_at ?? 0 ) > began, `${ snapshot.paid_at } after ${ began }` );
	} );

	it( 'sees the payment all the same when the key may not read events', async () => {
		const { job, session } = await open();
		for ( const outcome of [ 'pay_later', 'settle' ] ) {
			await world.control( world.stripeUrl, `/checkout/sessions/${ session }`, { outcome } );
		}
		await world.control( world.stripeUrl, '/faults', {
			match: { path: '/v1/events' },
			effect: { status: 403 },
			times: 5,
		} );
		const snapshot = await refresh( job, { session } );
		assert.deepEqual( [ snapshot.session?.payment_status, snapshot.paid_at ], [ 'paid', null ] );
	} );

	it( 'finds the session when only the intent is known', async () => {
		const { job, session, intent } = await paid();
		assert.equal( ( await refresh( job, { payment_intent: intent } ) ).session?.id, session );
	} );

	it( 'shows every refund, also past the page that a charge shows', async () => {
		const payment = await paid();
		for ( let made = 0; made < 12; made++ ) {
			await world.stripeCall( '/v1/refunds', { payment_intent: payment.intent, amount: '10' } );
		}
		assert.equal( ( await refresh( payment.job, { session: payment.session } ) ).refunds.length, 12 );
	} );

	it( 'shows a dispute', async () => {
		const { job, session, intent } = await paid();
		await world.control( world.stripeUrl, '/disputes', { payment_intent: intent } );
		const { dispute } = await refresh( job, { session, has_dispute: true } );
		assert.match( dispute?.id ?? '', /^d[pu]_/ );
		assert.equal( typeof dispute?.is_charge_refundable, 'boolean' );
	} );

	it( 'reports an object Stripe does not know as refused', async () => {
		const command = leased( 'refresh_payment', {
			job_id: randomUUID(),
			session: 'cs_test_none',
			payment_intent: null,
			has_dispute: false,
		} );
		world.give( command );
		const report = await world.wordpress.reportOf( command );
		assert.deepEqual( [ report.outcome, report.error?.code ], [ 'refused', 'resource_missing' ] );
	} );
} );

describe( 'refund', () => {
	it( 'returns the amount under its key, and adopts its own refund later', async () => {
		const payment = await paid();
		const command = refundOf( payment );
		world.give( command );
		const first = await world.wordpress.reportOf( command );
		assert.match( first.provider_ids?.[ 'refund' ] ?? '', /^re_/ );
		// Another key, as if Stripe had forgotten the first one.
		const again = {
			...command,
			uuid: randomUUID(),
			payload: { ...command.payload, idempotency_key: randomUUID() },
		};
		world.give( again );
		assert.equal(
			( await world.wordpress.reportOf( again ) ).provider_ids?.[ 'refund' ],
			first.provider_ids?.[ 'refund' ]
		);
		const { refunds } = await refresh( payment.job, { session: payment.session } );
		assert.deepEqual(
			refunds.map( ( { amount_minor, smi_refund } ) => [ amount_minor, smi_refund ] ),
			[ [ 200, command.payload.refund ] ]
		);
	} );

	it( 'takes the next key only after a fault that was said before, and no refund came of it', async () => {
		const payment = await paid();
		await world.control( world.stripeUrl, '/faults', {
			match: { method: 'POST', path: '/v1/refunds' },
			effect: { status: 500 },
			times: 1,
		} );
		const command = refundOf( payment );
		const keys = async () =>
			( await world.calls( world.stripeUrl ) )
				.filter( ( { method, path } ) => method === 'POST' && path === '/v1/refunds' )
				.map( ( { idempotency_key: key } ) => key )
				.filter( ( key ) => key?.startsWith( command.payload.idempotency_key ) );
		world.give( command );
		assert.equal( ( await world.wordpress.reportOf( command ) ).outcome, 'retry' );
		const key = command.payload.idempotency_key;
		assert.deepEqual( await keys(), [ key ], 'A fresh fault tells nothing: the key stays.' );
		const again = { ...command, uuid: randomUUID(), lease_no: 2 };
		world.give( again );
		assert.equal( ( await world.wordpress.reportOf( again ) ).outcome, 'ok' );
		assert.deepEqual( await keys(), [ key, key, `${ key }-2` ] );
		const { refunds } = await refresh( payment.job, { session: payment.session } );
		assert.equal( refunds.length, 1 );
	} );

	it( 'adopts the refund that a repeated fault had made after all', async () => {
		const wish = refundOf( { job: randomUUID(), intent: 'pi_1' } );
		const stripe = stripeThatBreaks( { makes: wish.payload.refund } );
		const report = await refund( wish, { stripe } as unknown as Context, new Lease( performance.now(), 180_000 ) );
		assert.deepEqual( report, { outcome: 'ok', provider_ids: { refund: 're_late' } } );
		assert.deepEqual( stripe.keys, [ wish.payload.idempotency_key ] );
	} );

	it( 'gives up for now when every key was broken on', async () => {
		const wish = refundOf( { job: randomUUID(), intent: 'pi_1' } );
		const stripe = stripeThatBreaks( {} );
		const report = await refund( wish, { stripe } as unknown as Context, new Lease( performance.now(), 180_000 ) );
		assert.equal( report?.outcome, 'retry' );
		assert.equal( new Set( stripe.keys ).size, 5 );
	} );

	it( 'reports too much as refused', async () => {
		const command = refundOf( await paid(), randomUUID(), 90_000 );
		world.give( command );
		assert.equal( ( await world.wordpress.reportOf( command ) ).outcome, 'refused' );
	} );

	it( 'tries again when Stripe is down', async () => {
		const payment = await paid();
		await world.control( world.stripeUrl, '/faults', {
			match: { method: 'POST', path: '/v1/refunds' },
			effect: { status: 500 },
			times: 1,
		} );
		const command = refundOf( payment );
		world.give( command );
		assert.equal( ( await world.wordpress.reportOf( command ) ).outcome, 'retry' );
	} );
} );

describe( 'resolve', () => {
	it( 'tells whose payment an intent is', async () => {
		const { job, session, intent } = await paid();
		const command = leased( 'resolve', { payment_intent: intent, session: null } );
		world.give( command );
		const snapshot = ( await world.wordpress.reportOf( command ) ).snapshot as ResolveSnapshot;
		assert.deepEqual(
			[
				snapshot.smi_job,
				snapshot.session,
				snapshot.attachment_id,
				snapshot.post_id,
				snapshot.resolution,
				snapshot.amount_minor,
				snapshot.is_paid,
			],
			[ job, session, 34, 12, '4x', 500, true ]
		);
	} );
} );

describe( 'reconcile', () => {
	for ( const mode of [ 'objects', 'events' ] as const ) {
		it( `hints at what it finds among ${ mode }, and tells how far it came`, async () => {
			const { job } = await paid();
			const startedAt = Math.floor( Date.now() / 1000 );
			const command = leased( 'reconcile', { mode, since: startedAt - 600 } );
			world.give( command );
			const report = await world.wordpress.reportOf( command );
			const snapshot = report.snapshot as ReconcileSnapshot;
			assert.ok(
				snapshot.cursor >= startedAt - 61 && snapshot.cursor <= startedAt,
				`cursor ${ snapshot.cursor }`
			);
			assert.ok( snapshot.seen > 0 );
			assert.ok(
				world.wordpress.hints.some( ( hint ) => hint.job_id === job && hint.site === world.wordpress.site.uuid )
			);
		} );
	}

	it( 'keeps what it did when a later page fails, and goes on there', async () => {
		const { job } = await paid();
		await world.control( world.stripeUrl, '/faults', {
			match: { path: '/v1/refunds' },
			effect: { status: 500 },
			times: 20,
		} );
		const since = Math.floor( Date.now() / 1000 ) - 600;
		const first = leased( 'reconcile', { mode: 'objects', since } );
		world.give( first );
		const report = ( await world.wordpress.reportOf( first ) ).snapshot as ReconcileSnapshot;
		const { next } = report;
		assert.ok( next );
		assert.deepEqual( [ next.list, next.after, next.since ], [ 'refunds', null, since ] );
		assert.ok( report.seen > 0 && report.seen === next.seen );
		const found = world.wordpress.hints.find(
			( hint ) => hint.job_id === job && hint.type.startsWith( 'reconcile' )
		);
		assert.equal( found?.state, 'complete/paid' );
		await world.clearFaults( world.stripeUrl );
		const asked = ( await world.calls( world.stripeUrl ) ).length;
		const second = leased( 'reconcile', { mode: 'objects', since, from: next } );
		world.give( second );
		const end = ( await world.wordpress.reportOf( second ) ).snapshot as ReconcileSnapshot;
		assert.deepEqual( [ end.next, end.cursor ], [ null, next.started ] );
		assert.ok( end.seen >= report.seen );
		const paths = ( await world.calls( world.stripeUrl ) )
			.slice( asked )
			.map( ( { path } ) => path.split( '?' )[ 0 ] );
		assert.deepEqual( paths, [ '/v1/refunds', '/v1/disputes' ] );
	} );

	it( 'turns every page of a list, once', async () => {
		const site = world.wordpress.site.uuid;
		const jobs = Array.from( { length: 105 }, () => randomUUID() );
		for ( const job of jobs ) {
			await world.stripeCall( '/v1/checkout/sessions', formOf( sessionParameters( job, site ) ) );
		}
		const command = leased( 'reconcile', { mode: 'objects', since: Math.floor( Date.now() / 1000 ) - 60 } );
		world.give( command );
		assert.equal( ( ( await world.wordpress.reportOf( command ) ).snapshot as ReconcileSnapshot ).next, null );
		const hinted = world.wordpress.hints
			.filter( ( { id } ) => id.startsWith( command.uuid ) )
			.map( ( { job_id } ) => job_id );
		for ( const job of jobs ) {
			assert.equal( hinted.filter( ( one ) => one === job ).length, 1 );
		}
	} );

	it( 'on a slow network keeps its place after some seconds, not only after many pages', async () => {
		await world.control( world.stripeUrl, '/settings', { latency_ms: [ 2_600, 2_600 ] } );
		try {
			const command = leased( 'reconcile', { mode: 'objects', since: Math.floor( Date.now() / 1000 ) - 60 } );
			world.give( command );
			const { snapshot } = await world.wordpress.reportOf( command );
			// Three lists are three pages at the least.
			assert.ok( ( snapshot as ReconcileSnapshot ).next );
		} finally {
			await world.control( world.stripeUrl, '/settings', { latency_ms: [ 0, 0 ] } );
		}
	} );

	it( 'looks for a report alone where it is told so, and reports list by list what somebody watches', async () => {
		const { job, session, intent } = await paid();
		await world.stripeCall( '/v1/refunds', formOf( { payment_intent: intent, amount: 200 } ) );
		const payload = { mode: 'look' as const, since: Math.floor( Date.now() / 1000 ) - 600, by_list: true };
		const lists: string[] = [];
		let from: ReconcileSnapshot[ 'next' ] = null;
		const hints = [];
		do {
			const command = leased( 'reconcile', { ...payload, ...( from ? { from } : {} ) } );
			world.give( command );
			const report = await world.wordpress.reportOf( command );
			from = ( report.snapshot as ReconcileSnapshot ).next ?? null;
			lists.push( from?.list ?? 'end' );
			hints.push( ...world.wordpress.hints.filter( ( { id } ) => id.startsWith( `${ command.uuid }.1:` ) ) );
		} while ( from && lists.length < 10 );
		assert.deepEqual( lists, [ 'refunds', 'disputes', 'end' ] );
		assert.ok( hints.every( ( { type } ) => type.startsWith( 'look.' ) ) );
		const paidFor = hints.find( ( hint ) => hint.job_id === job );
		assert.deepEqual(
			[ paidFor?.type, paidFor?.session, paidFor?.state, paidFor?.amount, paidFor?.currency ],
			[ 'look.checkout.session', session, 'complete/paid', 500, 'usd' ]
		);
		const back = hints.find( ( hint ) => hint.type === 'look.refund' && hint.payment_intent === intent );
		assert.deepEqual(
			[ back?.amount, back?.currency, back?.id.split( ':' )[ 1 ] ],
			[ 200, 'usd', back?.state?.split( '/' )[ 0 ] ]
		);
	} );

	it( 'tells of no money, and goes from list to list, where nobody watches', async () => {
		const { job } = await paid();
		const command = leased( 'reconcile', { mode: 'objects', since: Math.floor( Date.now() / 1000 ) - 600 } );
		world.give( command );
		assert.equal( ( ( await world.wordpress.reportOf( command ) ).snapshot as ReconcileSnapshot ).next, null );
		const hint = world.wordpress.hints.find(
			( { id, job_id } ) => id.startsWith( command.uuid ) && job_id === job
		);
		assert.deepEqual( [ hint?.type, hint && 'amount' in hint ], [ 'reconcile.checkout.session', false ] );
	} );

	it( 'says it with the right that is missing when a list is refused', async () => {
		await world.control( world.stripeUrl, '/faults', {
			match: { path: '/v1/disputes' },
			effect: { status: 403 },
			times: 20,
		} );
		const since = Math.floor( Date.now() / 1000 ) - 600;
		const from = { list: 'disputes' as const, after: null, since, started: since, seen: 3 };
		const command = leased( 'reconcile', { mode: 'look', since, by_list: true, from } );
		world.give( command );
		const report = await world.wordpress.reportOf( command );
		assert.deepEqual( [ report.outcome, report.error?.code ], [ 'retry', 'unauthorized' ] );
	} );

	it( 'does not say it was through when its hints were not taken', async () => {
		await paid();
		world.wordpress.judge = ( id ) => ( id.startsWith( 'report:' ) ? 'applied' : 'retry' );
		const command = leased( 'reconcile', { mode: 'objects', since: 0 } );
		world.give( command );
		assert.equal( ( await world.wordpress.reportOf( command ) ).outcome, 'retry' );
		world.wordpress.judge = () => 'applied';
	} );
} );

describe( 'retry', () => {
	it( 'asks WordPress to fire the action again, and is content with a 409', async () => {
		const make = () => leased( 'retry', { job_id: randomUUID(), attempt: randomUUID(), reason: 'timeout' } );
		const first = make();
		world.give( first );
		assert.equal( ( await world.wordpress.reportOf( first ) ).outcome, 'ok' );
		const { attempt, reason } = first.payload;
		assert.deepEqual( world.wordpress.retries.at( -1 ), {
			path: `/smi/v1/bridge/jobs/${ first.payload.job_id }/payment-completed`,
			attempt,
			command: first.uuid,
			lease_no: 1,
			reason,
		} );
		world.wordpress.trouble = ( path ) =>
			path.endsWith( 'payment-completed' )
				? { status: 409, body: { code: 'smi_newer', message: 'Newer.', data: { status: 409 } } }
				: null;
		const second = make();
		world.give( second );
		assert.equal( ( await world.wordpress.reportOf( second ) ).outcome, 'ok' );
		world.wordpress.trouble = () => null;
	} );
} );

describe( 'an unknown kind', () => {
	it( 'is left alone', async () => {
		world.give( { ...leased( 'resolve', { payment_intent: null, session: null } ), kind: 'paint' } as never );
		const command = leased( 'resolve', { payment_intent: 'pi_none', session: null } );
		world.give( command );
		assert.equal( ( await world.wordpress.reportOf( command ) ).outcome, 'refused' );
	} );
} );
