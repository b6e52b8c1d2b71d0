import assert from 'node:assert/strict';
import { createHmac, randomUUID } from 'node:crypto';
import { after, afterEach, before, describe, it } from 'node:test';
import type { SyncRequest } from '../../bridge/src/contracts.generated.ts';
import { StripeHealth } from '../../bridge/src/health/stripe-health.ts';
import { WebhookHealth } from '../../bridge/src/health/webhook-health.ts';
import { accountOf } from '../../bridge/src/stripe/account.ts';
import { createStripe } from '../../bridge/src/stripe/client.ts';
import { newKeyLink, RIGHTS, rightNamed } from '../../bridge/src/stripe/rights.ts';
import { breaches } from '../helpers/contracts.ts';
import { until } from './support/fake-wordpress.ts';
import { leased, sessionParameters, STRIPE_KEY, World } from './support/world.ts';

type Told = NonNullable< SyncRequest[ 'providers' ] >;

let world: World;

before( async () => {
	world = await World.create( {}, true );
} );
after( () => world.close() );
afterEach( () => world.clearFaults( world.stripeUrl ) );

const stripe = () => createStripe( { stripeKey: STRIPE_KEY, stripeApiBase: world.stripeUrl } );

function lastTold(): Told | undefined {
	return world.wordpress.syncs.at( -1 )?.providers;
}

/** Stripe refuses a call, in its own words. */
async function refuse( method: string, path: string, words: string, status = 403, times?: number ): Promise< void > {
	const body = { error: { type: 'invalid_request_error', message: words } };
	await world.control( world.stripeUrl, '/faults', {
		match: { method, path },
		effect: { status, body },
		...( times === undefined ? {} : { times } ),
	} );
}

const LACKS_REFUNDS =
	"The provided key 'rk_test_*********abc' does not have the required permissions for this endpoint on account 'acct_1'. Having the 'rak_refund_write' permission would allow this request to continue.";

describe( 'what a sync tells of the providers', () => {
	it( 'says that Stripe takes the key, right after the start, in words that the contract knows', async () => {
		const told = await until( () => lastTold()?.stripe && lastTold(), 'the first word' );
		assert.equal( told.stripe?.state, 'ok' );
		assert.deepEqual( breaches( 'sync-request', world.wordpress.syncs.at( -1 ) ), [] );
	} );

	it( 'tells a refusal that a command heard together with its report, and names the right', async () => {
		await refuse( 'GET', '/v1/checkout/sessions/', LACKS_REFUNDS );
		const command = leased( 'refresh_payment', {
			job_id: randomUUID(),
			session: 'cs_test_1',
			payment_intent: null,
			has_dispute: false,
		} );
		world.give( command );
		const report = await world.wordpress.reportOf( command );
		assert.equal( report.error?.code, 'unauthorized' );
		const sync = world.wordpress.syncs.find( ( { reports } ) => reports.includes( report ) );
		assert.equal( sync?.providers?.stripe?.state, 'refused' );
		assert.equal( sync?.providers?.stripe?.right, 'rak_refund_write' );
	} );
} );

describe( 'hello', () => {
	it( 'says with which account the key works', async () => {
		const { id } = await stripe().accounts.retrieveCurrent();
		assert.equal( world.wordpress.helloRequests.at( -1 )?.[ 'stripe_account' ], id );
	} );

	it( 'is said all the same when the key may not tell', async () => {
		await refuse( 'GET', '/v1/account', 'No.' );
		assert.equal( await accountOf( stripe() ), null );
		assert.equal(
			await accountOf( createStripe( { stripeKey: STRIPE_KEY, stripeApiBase: 'http://127.0.0.1:9' } ) ),
			null
		);
	} );
} );

describe( 'a key that lacks one right', () => {
	it( 'is told within a minute of its use, and the same sale goes through once the right is given', async () => {
		const key = `rk_test_${ randomUUID().replaceAll( '-', '' ) }`;
		const may = ( permissions: Record< string, string > ) =>
			world.control( world.stripeUrl, '/keys', { key, rest: 'write', permissions } );
		await may( { payment_intents: 'none' } );
		await world.bridge.stop( 2_000 );
		await world.startBridge( { STRIPE_SECRET_KEY: key } );
		const missing = 'rak_payment_intent_read';
		await until( () => lastTold()?.stripe?.right === missing, 'the refusal', 20_000 );
		const { session } = await openSession( true );
		const payload = { job_id: randomUUID(), session, payment_intent: null, has_dispute: false };
		const refused = leased( 'refresh_payment', payload );
		world.give( refused );
		assert.equal( ( await world.wordpress.reportOf( refused ) ).error?.code, 'unauthorized' );
		await may( {} );
		await until( () => lastTold()?.stripe?.state === 'ok', 'the end of it', 40_000 );
		const again = leased( 'refresh_payment', payload );
		world.give( again );
		assert.equal( ( await world.wordpress.reportOf( again ) ).outcome, 'snapshot' );
	} );
} );

describe( 'the look at Stripe', () => {
	it( 'names each right that is needed and missing, and is well once it was given', async () => {
		const paths: Record< string, [ string, string ] > = {
			rak_checkout_session_write: [ 'POST', '/v1/checkout/sessions' ],
			rak_payment_intent_read: [ 'GET', '/v1/payment_intents' ],
			rak_charge_read: [ 'GET', '/v1/charges' ],
			rak_charge_write: [ 'POST', '/v1/refunds' ],
			rak_dispute_read: [ 'GET', '/v1/disputes' ],
			rak_event_read: [ 'GET', '/v1/events' ],
		};
		const needed = RIGHTS.filter( ( { isNeeded } ) => isNeeded ).map( ( { name } ) => name );
		assert.deepEqual( Object.keys( paths ), needed );
		for ( const [ right, [ method, path ] ] of Object.entries( paths ) ) {
			await refuse( method, path, 'This key may not do that.' );
			const health = new StripeHealth( stripe() );
			await health.look();
			assert.deepEqual( [ health.told?.state, health.told?.right ], [ 'refused', right ] );
			await world.clearFaults( world.stripeUrl );
			await health.look();
			assert.equal( health.told?.state, 'ok', right );
		}
	} );

	it( 'goes on selling without the right to read fees, and says that it is lacking', async () => {
		await refuse( 'GET', '/v1/balance_transactions', 'No.' );
		const health = new StripeHealth( stripe() );
		await health.look();
		assert.equal( health.told?.state, 'ok' );
		assert.ok( health.told?.lacking.includes( 'rak_balance_read' ) );
	} );

	it( 'keeps since when the key is refused, however often it looks', async () => {
		await refuse( 'POST', '/v1/checkout/sessions', 'Invalid API Key provided: sk_test_****dge', 401 );
		const health = new StripeHealth( stripe() );
		await health.look();
		const since = health.told?.since;
		await new Promise( ( go ) => setTimeout( go, 5 ) );
		await health.look();
		assert.deepEqual( [ health.told?.state, health.told?.right, health.told?.since ], [ 'refused', null, since ] );
	} );

	it( 'calls a dead line unreachable, not refused', async () => {
		const health = new StripeHealth(
			createStripe( { stripeKey: STRIPE_KEY, stripeApiBase: 'http://127.0.0.1:9' } )
		);
		await health.look();
		assert.equal( health.told?.state, 'unreachable' );
	} );

	it( 'charges, refunds and expires nothing', async () => {
		const { session } = await openSession();
		const health = new StripeHealth( stripe() );
		await health.look();
		assert.equal( ( await stripe().checkout.sessions.retrieve( session ) ).status, 'open' );
		assert.equal( ( await stripe().refunds.list() ).data.length, 0 );
	} );
} );

describe( 'webhooks with a signature that does not fit', () => {
	it( 'are told when their event is one of Stripe’s', async () => {
		await openSession( true );
		const [ event ] = ( await stripe().events.list( { limit: 1 } ) ).data;
		assert.ok( event );
		assert.equal( await post( JSON.stringify( event ) ), 400 );
		const told = await until( () => lastTold()?.webhook, 'the refused webhook' );
		assert.equal( told.refused, 1 );
		assert.match( told.message, /signature is not ours/ );
		assert.deepEqual( breaches( 'sync-request', world.wordpress.syncs.at( -1 ) ), [] );
	} );

	it( 'of a stranger raise nothing, and cost one look a minute', async () => {
		let now = 1_000_000;
		const health = new WebhookHealth( stripe(), () => now );
		const before = ( await world.calls( world.stripeUrl ) ).length;
		for ( let i = 0; i < 50; i++ ) {
			health.refused( Buffer.from( `{"id":"evt_forged${ i }"}` ), 'no' );
		}
		health.refused( Buffer.from( '{"id":"../../v1/charges"}' ), 'no' );
		health.refused( Buffer.from( 'nonsense' ), 'no' );
		now += 61_000;
		health.refused( Buffer.from( '{"id":"evt_forged"}' ), 'no' );
		await new Promise( ( go ) => setTimeout( go, 200 ) );
		const looks = ( await world.calls( world.stripeUrl ) ).slice( before );
		assert.equal( looks.length, 2 );
		assert.equal( health.told, null );
	} );

	it( 'are forgotten when good ones come, long after the last bad one', async () => {
		await openSession( true );
		const [ event ] = ( await stripe().events.list( { limit: 1 } ) ).data;
		let now = 1_000_000;
		const health = new WebhookHealth( stripe(), () => now );
		health.refused( Buffer.from( JSON.stringify( event ) ), 'no' );
		await until( () => health.told, 'the look' );
		health.taken();
		assert.notEqual( health.told, null );
		now += 601_000;
		health.taken();
		assert.equal( health.told, null );
	} );
} );

describe( 'Stripe’s words for a right', () => {
	it( 'are found in both of its sentences', () => {
		assert.equal( rightNamed( LACKS_REFUNDS ), 'rak_refund_write' );
		const other = `Enabling "Prices Read" ('plan_read') permissions on this key would allow this request to continue.`;
		assert.equal( rightNamed( other ), 'rak_plan_read' );
		assert.equal( rightNamed( 'Invalid API Key provided: rk_test_***read' ), null );
		assert.equal( rightNamed( `'${ 'a'.repeat( 200 ) }_read'` ), null );
	} );

	it( 'are ticked in the link for a new key', () => {
		assert.match(
			newKeyLink(),
			/^https:\/\/dashboard\.stripe\.com\/apikeys\/create\?name=\S+&permissions\[\]=rak_/
		);
		const ticked = newKeyLink().split( '&permissions[]=' ).slice( 1 );
		assert.deepEqual( [ ...ticked, 'rak_charge_read' ].sort(), RIGHTS.map( ( { name } ) => name ).sort() );
	} );
} );

async function openSession( isPaid = false ): Promise< { session: string } > {
	const job = randomUUID();
	const parameters = sessionParameters( job, world.wordpress.site.uuid );
	const made = await stripe().checkout.sessions.create( parameters as never );
	if ( isPaid ) {
		const outcome = { outcome: 'pay', email: 'buyer@example.org' };
		await world.control( world.stripeUrl, `/checkout/sessions/${ made.id }`, outcome );
	}
	return { session: made.id };
}

async function post( body: string ): Promise< number > {
	const t = Math.floor( Date.now() / 1000 );
	const v1 = createHmac( 'sha256', 'whsec_wrong' ).update( `${ t }.${ body }` ).digest( 'hex' );
	const headers = { 'content-type': 'application/json', 'stripe-signature': `t=${ t },v1=${ v1 }` };
	return ( await fetch( `${ world.url }/webhooks/stripe`, { method: 'POST', headers, body } ) ).status;
}
