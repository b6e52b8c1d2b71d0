/** Faults 1 to 4: what Stripe says comes more than once, in other words, too late, or in the wrong order. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { judge, upscales } from './support/ledger.ts';
import { healed, stopwatch } from './support/report.ts';
import { buy, pay, waitFor } from './support/shop.ts';
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

test( 'fault 1: the same event fifty times at once', async ( t ) => {
	const sale = await buy( world );
	await control( `${ world.stripe }/_emulator/webhooks`, { duplicate: 49 } );
	const seconds = stopwatch();
	await pay( world, sale );
	await waitFor( world, sale, 'completed' );
	healed( t, 'nothing: paid and completed, once', seconds() );
	const said = world.gates.front.passages.filter( ( { body } ) => body.includes( sale.session ) );
	assert.ok( said.length >= 50, `${ said.length }` );
	await judge( world, sale, bought, { status: 'completed', payment_status: 'paid', upscales: 1 } );
} );
