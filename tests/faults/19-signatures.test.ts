/** Fault 19: webhooks with signatures that are bad, old, of the future or altered; bodies without end; keys that change. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { WEBHOOK_SECRET } from '../helpers/bridge-process.ts';
import { until } from '../helpers/until.ts';
import { judge, upscales } from './support/ledger.ts';
import { assertBooks, beats, makeDue, notices, problems, sessionOf, untilNotice } from './support/more.ts';
import { healed, stopwatch } from './support/report.ts';
import { buy, job, json, PATIENCE, pay, sell, waitFor } from './support/shop.ts';
import { control, openWorld, type World } from './support/world.ts';

let world: World;
let bought: number;

before( async () => {
	world = await openWorld();
} );
after( () => world?.stop() );
beforeEach( async () => {
	await world.calm();
	bought = await upscales( world );
} );

const now = () => Math.floor( Date.now() / 1000 );

function signature( body: string, at = now(), secret = WEBHOOK_SECRET ): string {
	return `t=${ at },v1=${ createHmac( 'sha256', secret ).update( `${ at }.${ body }` ).digest( 'hex' ) }`;
}

const post = ( body: string, signed: string | null ) =>
	fetch( `${ world.gates.front.url }/webhooks/stripe`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...( signed === null ? {} : { 'stripe-signature': signed } ) },
		body,
	} );

test( 'fault 19: what is not signed by Stripe moves nothing', async ( t ) => {
	const sale = await buy( world );
	await control( `${ world.stripe }/_emulator/webhooks`, { drop: 1 } );
	const commands = () => world.site.sql( 'SELECT kind, object, wanted FROM wp_smi_commands ORDER BY 1, 2;' );
	await beats( world.gates.site, 2 );
	const before = await commands();
	const body = JSON.stringify( {
		id: 'evt_forged',
		object: 'event',
		api_version: '2026-01-28.clover',
		created: now(),
		livemode: false,
		type: 'checkout.session.completed',
		data: { object: { ...( await sessionOf( world, sale ) ), payment_status: 'paid', status: 'complete' } },
	} );
	const good = signature( body );
	const refused = [
		await post( body, null ),
		await post( body, 'nonsense' ),
		await post( body, signature( body, now(), 'whsec_another' ) ),
		await post( body, signature( body, now() - 3_600 ) ),
		await post( body, signature( body, now() + 3_600 ) ),
		await post( body.replace( 'forged', 'f0rged' ), good ),
		await post( `${ body }${ ' '.repeat( 2_000_000 ) }`, good ),
	];
	for ( const answer of refused ) {
		assert.ok( answer.status >= 400 && answer.status < 500, `${ answer.status }` );
	}
	assert.equal( await commands(), before, 'A row was written for what nobody signed.' );
	// Even one that is signed is a hint, no more: Stripe itself says that nobody paid.
	assert.equal( ( await post( body, good ) ).status, 200 );
	await beats( world.gates.site, 3 );
	assert.equal( ( await job( world, sale ) ).status, 'awaiting_payment' );
	assert.equal( ( await fetch( `${ world.gates.front.url }/healthz` ) ).status, 200 );
	await control( `${ world.stripe }/_emulator/webhooks`, {} );
	const seconds = stopwatch();
	await pay( world, sale );
	await waitFor( world, sale, 'completed' );
	healed( t, 'nothing: the sale goes on', seconds() );
	await judge( world, sale, bought, { status: 'completed', payment_status: 'paid', upscales: 1 } );
	await assertBooks( world, [ sale ], bought );
} );

test( 'fault 19: Stripe’s signing secret changes', async ( t ) => {
	// Stripe signs with one that this bridge does not have.
	await world.bridges[ 0 ]?.end();
	await world.startBridge( { STRIPE_WEBHOOK_SECRET: 'whsec_of_yesterday' } );
	const refused = await sell( world );
	await untilNotice( world, 'webhooks_refused' );
	const said = ( await problems( world ) ).find( ( { code } ) => code === 'webhooks_refused' );
	assert.match( String( said?.remedy ), /STRIPE_WEBHOOK_SECRET/ );
	// Stripe's events are asked for every three minutes all the same.
	await makeDue( world, 'reconcile' );
	await waitFor( world, refused, 'completed' );
	// The right one beside the old one.
	await world.bridges[ 0 ]?.end();
	await world.startBridge( { STRIPE_WEBHOOK_SECRET: `whsec_of_yesterday,${ WEBHOOK_SECRET }` } );
	const seconds = stopwatch();
	const taken = await sell( world );
	await waitFor( world, taken, 'completed' );
	await untilNotice( world, 'webhooks_refused', false );
	healed( t, 'notice “webhooks refused”, with what to do; the sale is seen within three minutes', seconds() );
	for ( const sale of [ refused, taken ] ) {
		const { status, payment_status, attention } = await job( world, sale );
		assert.deepEqual( [ status, payment_status, attention ], [ 'completed', 'paid', null ] );
	}
	await assertBooks( world, [ refused, taken ], bought );
} );

test( 'fault 19: the key between site and bridge changes in the middle of a sale', async ( t ) => {
	const sale = await buy( world );
	const keys = '/wp-json/smi/v1/connection/keys';
	const made = await world.owner( keys, { method: 'POST', body: JSON.stringify( { label: 'second' } ) } );
	assert.equal( made.status, 201 );
	const { connection_string: connection } = ( await made.json() ) as { connection_string: string };
	const listed = await json< { keys: { id: string; label: string }[] } >(
		world.owner( '/wp-json/smi/v1/connection' )
	);
	const first = listed.keys.find( ( { label } ) => label !== 'second' )?.id;
	// Both are good at the same time, so a bridge may take its turn; here the old one is taken away too early.
	assert.equal( ( await world.owner( `${ keys }/${ first }`, { method: 'DELETE' } ) ).status, 200 );
	// The bridge has only the old key: it cannot bring the hint, and does not say 200 to Stripe.
	await pay( world, sale );
	await beatsRefused();
	assert.equal( ( await job( world, sale ) ).status, 'awaiting_payment' );
	await world.site.sql(
		"UPDATE wp_options SET option_value = option_value - 400 WHERE option_name = 'smi_bridge_seen';"
	);
	await untilNotice( world, 'bridge_silent' );
	await world.bridges[ 0 ]?.end();
	const seconds = stopwatch();
	const url = new URL( connection );
	url.port = String( world.gates.site.port );
	await world.startBridge( { SMI_SITE: url.href } );
	await waitFor( world, sale, 'completed' );
	healed( t, 'notice “bridge silent”, with what to do; then nothing', seconds() );
	assert.ok( ! ( await notices( world ) ).includes( 'bridge_silent' ) );
	await judge( world, sale, bought, { status: 'completed', payment_status: 'paid', upscales: 1 } );
	await assertBooks( world, [ sale ], bought );
} );

/** Some syncs that the site refused. */
async function beatsRefused(): Promise< void > {
	const refused = () => world.gates.site.passages.filter( ( { status } ) => status === 401 ).length;
	const from = refused();
	await until( 'two syncs are refused', PATIENCE, async () => refused() >= from + 2 );
}
