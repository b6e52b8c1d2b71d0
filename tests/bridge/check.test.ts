import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runChecks } from '../../bridge/src/check/run.ts';
import { runWebhook } from '../../bridge/src/check/webhook.ts';
import { createStripe } from '../../bridge/src/stripe/client.ts';
import { EVENT_TYPES } from '../../bridge/src/stripe/event-types.ts';
import { STRIPE_KEY, World } from './support/world.ts';

let world: World;

before( async () => {
	world = await World.create();
} );
after( () => world.close() );

async function check( env: Record< string, string > = {} ): Promise< { code: number; text: string } > {
	const lines: string[] = [];
	const code = await runChecks( { ...world.env(), ...env }, ( line ) => void lines.push( line ) );
	return { code, text: lines.join( '\n' ) };
}

async function webhook( args: string[], env: Record< string, string > ): Promise< { code: number; text: string } > {
	const lines: string[] = [];
	const code = await runWebhook( args, { ...world.env(), ...env }, ( line ) => void lines.push( line ) );
	return { code, text: lines.join( '\n' ) };
}

/** A key that may do all but what is named. */
async function restricted( permissions: Record< string, string > ): Promise< string > {
	const key = `rk_test_${ randomUUID().replaceAll( '-', '' ) }`;
	await world.control( world.stripeUrl, '/keys', { key, rest: 'write', permissions } );
	return key;
}

describe( 'smi-bridge check', () => {
	it( 'is content when everything works, and buys nothing', async () => {
		await webhook( [], { BRIDGE_PUBLIC_URL: world.url } );
		const before = ( await world.calls( world.stripeUrl ) ).length;
		const { code, text } = await check( { BRIDGE_PUBLIC_URL: world.url } );
		assert.equal( code, 0, text );
		assert.doesNotMatch( text, /FAIL|WARN/ );
		const asked = ( await world.calls( world.stripeUrl ) ).slice( before );
		const writes = asked.filter( ( { method } ) => method !== 'GET' );
		assert.deepEqual(
			[ ...new Set( writes.map( ( { status } ) => status ) ) ],
			[ 404 ],
			'It writes to what is not there.'
		);
		const calls = await world.calls( world.upsamplerUrl );
		assert.deepEqual( [ ...new Set( calls.map( ( { method } ) => method ) ) ], [ 'GET' ] );
	} );

	it( 'says how to mend each broken hop', async () => {
		await world.control( world.upsamplerUrl, '/faults', {
			match: { path: '/api/' },
			effect: { status: 401 },
			times: 1,
		} );
		const wrongSecret = world.wordpress.connectionString.replace( /:[^:@]+@/, ':wrong@' );
		const { code, text } = await check( {
			SMI_SITE: wrongSecret,
			STRIPE_API_BASE: 'http://127.0.0.1:1',
			BRIDGE_PUBLIC_URL: world.wordpress.url,
		} );
		assert.equal( code, 1 );
		for ( const part of [ 'WordPress', 'Stripe', 'Upsampler', 'Public address' ] ) {
			assert.match( text, new RegExp( `FAIL ${ part }: .*\\n {7}\\S` ) );
		}
	} );

	const rights = [
		[ 'checkout_sessions', 'none', 'FAIL', 'rak_checkout_session_write' ],
		[ 'checkout_sessions', 'read', 'FAIL', 'rak_checkout_session_write' ],
		[ 'payment_intents', 'none', 'FAIL', 'rak_payment_intent_read' ],
		[ 'charges', 'none', 'FAIL', 'rak_charge_read' ],
		[ 'refunds', 'read', 'FAIL', 'rak_charge_write' ],
		[ 'disputes', 'none', 'FAIL', 'rak_dispute_read' ],
		[ 'events', 'none', 'FAIL', 'rak_event_read' ],
		[ 'balance', 'none', 'WARN', 'rak_balance_read' ],
		[ 'account', 'none', 'WARN', 'rak_connected_account_read' ],
		[ 'webhook_endpoints', 'none', 'WARN', 'rak_webhook_read' ],
	] as const;
	for ( const [ resource, right, sign, name ] of rights ) {
		it( `names ${ name } when ${ resource } is ${ right }, and prints the link for a key with all`, async () => {
			const key = await restricted( { [ resource ]: right } );
			const { code, text } = await check( { STRIPE_SECRET_KEY: key } );
			assert.equal( code, sign === 'FAIL' ? 1 : 0, text );
			assert.match( text, new RegExp( `${ sign } Stripe: the key lacks "[^"]+" \\(${ name }\\)` ) );
			assert.match( text, /https:\/\/dashboard\.stripe\.com\/apikeys\/create\?name=\S+&permissions\[\]=rak_/ );
			assert.equal( text.match( /the key lacks/g )?.length, 1, text );
		} );
	}

	it( 'says which webhook endpoint is missing, is off, or sends too little', async () => {
		const url = { BRIDGE_PUBLIC_URL: 'http://127.0.0.1:9' };
		assert.match( ( await check( url ) ).text, /WARN Stripe: no webhook endpoint leads to/ );
		const stripe = createStripe( { stripeKey: STRIPE_KEY, stripeApiBase: world.stripeUrl } );
		const { id } = await stripe.webhookEndpoints.create( {
			url: `${ url.BRIDGE_PUBLIC_URL }/webhooks/stripe`,
			enabled_events: EVENT_TYPES.slice( 1 ),
		} );
		assert.match( ( await check( url ) ).text, /WARN Stripe: .* does not send checkout\.session\.completed/ );
		await stripe.webhookEndpoints.update( id, { disabled: true } );
		assert.match( ( await check( url ) ).text, /WARN Stripe: .* is switched off/ );
		const { code, text } = await webhook( [], url );
		assert.equal( code, 0, text );
		assert.match( text, /Mended .* Its secret is the same/ );
		assert.match( ( await check( url ) ).text, /ok Stripe: the webhook endpoint \S+ sends every event/ );
	} );

	it( 'notices a password in front of the site', async () => {
		world.wordpress.isLocked = true;
		const { code, text } = await check();
		world.wordpress.isLocked = false;
		assert.match( text, /WARN Pictures: a password/ );
		assert.equal( code, 0, text );
	} );

	it( 'lists every mistake of the settings', async () => {
		const { code, text } = await check( { STRIPE_SECRET_KEY: '', UPSAMPLER_API_KEY: '' } );
		assert.equal( code, 1 );
		assert.match( text, /FAIL Settings: STRIPE_SECRET_KEY[^]*FAIL Settings: UPSAMPLER_API_KEY/ );
	} );
} );

describe( 'smi-bridge webhook', () => {
	const secrets = ( text: string ) => text.match( /whsec_\w+/g ) ?? [];

	it( 'makes the endpoint without a secret being known, prints its secret once, and then leaves it alone', async () => {
		const url = { BRIDGE_PUBLIC_URL: 'http://127.0.0.1:8', STRIPE_WEBHOOK_SECRET: '' };
		const first = await webhook( [], url );
		assert.equal( first.code, 0, first.text );
		assert.equal( secrets( first.text ).length, 1 );
		const second = await webhook( [], url );
		assert.match( second.text, /Nothing was changed/ );
		assert.deepEqual( secrets( second.text ), [] );
	} );

	it( 'makes another one in its place, with another secret', async () => {
		const url = { BRIDGE_PUBLIC_URL: 'http://127.0.0.1:7' };
		const first = await webhook( [], url );
		const second = await webhook( [ '--new' ], url );
		assert.notDeepEqual( secrets( second.text ), secrets( first.text ) );
		const stripe = createStripe( { stripeKey: STRIPE_KEY, stripeApiBase: world.stripeUrl } );
		const { data } = await stripe.webhookEndpoints.list( { limit: 100 } );
		assert.equal( data.filter( ( { url: at } ) => at.startsWith( url.BRIDGE_PUBLIC_URL ) ).length, 1 );
	} );

	it( 'says what is missing instead of making half of it', async () => {
		assert.match( ( await webhook( [], {} ) ).text, /BRIDGE_PUBLIC_URL is not set/ );
		const key = await restricted( { webhook_endpoints: 'read' } );
		const { code, text } = await webhook( [], { BRIDGE_PUBLIC_URL: 'http://127.0.0.1:6', STRIPE_SECRET_KEY: key } );
		assert.equal( code, 1 );
		assert.match( text, /rak_webhook_write/ );
	} );
} );

describe( 'smi-bridge start', () => {
	it( 'says what is missing instead of starting', async () => {
		const cli = fileURLToPath( new URL( '../../bridge/src/cli.ts', import.meta.url ) );
		const env = { PATH: process.env[ 'PATH' ] ?? '' };
		const [ code, errors ] = await new Promise< [ number | undefined, string ] >( ( go ) => {
			const args = [ '--import', 'tsx', cli, 'start' ];
			const child = execFile( process.execPath, args, { env }, ( _error, _out, text ) =>
				go( [ child.exitCode ?? undefined, text ] )
			);
		} );
		assert.equal( code, 1 );
		assert.match( errors, /The bridge cannot start:\n- SMI_SITE is not set\./ );
	} );
} );
