/** Faults 14 and 15: what lies at a result's address is no picture, or the address is no place to go to. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, test, type TestContext } from 'node:test';
import { until } from '../helpers/until.ts';
import { judge, upscales } from './support/ledger.ts';
import { assertBooks, mails } from './support/more.ts';
import { healed, stopwatch } from './support/report.ts';
import { jobUntil, nextUpscale, PATIENCE, sell, waitFor } from './support/shop.ts';
import { openWorld, type World } from './support/world.ts';

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

/** It is made once more, and the buyer gets the file. */
async function isMadeAgain( t: TestContext, outcome: string ): Promise< void > {
	await nextUpscale( world, outcome );
	const sale = await sell( world );
	const seconds = stopwatch();
	await waitFor( world, sale, 'completed' );
	healed( t, 'completed; the first attempt failed, with why', seconds() );
	await judge( world, sale, bought, { status: 'completed', payment_status: 'paid', upscales: 2 } );
	const [ second, first ] = (
		await jobUntil( world, sale, 'two attempts', ( { attempts } ) => attempts.length === 2 )
	).attempts;
	assert.deepEqual( [ first?.state, second?.state ], [ 'failed', 'succeeded' ] );
	assert.match( String( first?.error ), /picture|damaged|image/i );
	await assertBooks( world, [ sale ], bought );
}

/** It is bought once, and the money goes back by itself. */
async function isRefunded( t: TestContext, outcome: string, why: RegExp ): Promise< void > {
	const told = ( await mails( world ) ).length;
	await nextUpscale( world, outcome );
	const sale = await sell( world );
	const seconds = stopwatch();
	const seen = await jobUntil( world, sale, 'refunded', ( { payment_status } ) => payment_status === 'refunded' );
	healed( t, 'failed and refunded, with why', seconds() );
	await judge( world, sale, bought, { status: 'failed', payment_status: 'refunded', upscales: 1, refunds: 1 } );
	assert.match( String( seen.attempts[ 0 ]?.error ), why );
	await assertBooks( world, [ sale ], bought );
	await until( 'the buyer is told', PATIENCE, async () => ( await mails( world ) ).length > told );
	assert.match( String( ( await mails( world ) ).at( -1 )?.text ), /refund|returned|money/i );
}

test( 'fault 14: the result is HTML', ( t ) => isMadeAgain( t, 'html' ) );
test( 'fault 14: the result is truncated', ( t ) => isMadeAgain( t, 'truncated' ) );
test( 'fault 14: the result is a bomb', ( t ) => isRefunded( t, 'bomb', /pixels/ ) );
test( 'fault 14: the result has the wrong size', ( t ) => isRefunded( t, 'wrong_size', /pixels/ ) );

test( 'fault 15: the result redirects to a private address', ( t ) => isRefunded( t, 'redirect_private', /address/ ) );

test( 'fault 15: the result lies under a name that resolves to a private address', async ( t ) => {
	const canary = createServer( ( _, reply ) => reply.end( 'the secrets of a private network' ) );
	let visitors = 0;
	canary.on( 'connection', () => visitors++ );
	await new Promise< void >( ( done ) => canary.listen( 0, '127.0.0.1', done ) );
	try {
		const { port } = canary.address() as AddressInfo;
		world.gates.upsampler.before(
			{ path: '/api/v1/status/' },
			async ( { path } ) => {
				const answer = await fetch( world.upsampler + path, { headers: { authorization: 'Bearer test' } } );
				const { imageUrl, compressedImageUrl, ...body } = ( await answer.json() ) as Record< string, unknown >;
				const place = ( address: unknown ) =>
					typeof address === 'string'
						? `http://localhost:${ port }${ new URL( address ).pathname }`
						: address;
				return {
					status: answer.status,
					body: { ...body, imageUrl: place( imageUrl ), compressedImageUrl: place( compressedImageUrl ) },
				};
			},
			100
		);
		await isRefunded( t, 'success', /localhost/ );
		assert.equal( visitors, 0, 'Somebody went there.' );
	} finally {
		await new Promise( ( done ) => canary.close( done ) );
	}
} );
