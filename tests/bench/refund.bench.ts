/**
 * How soon a refund that the owner asks for is seen done, with the call to the bridge and with the bridge coming by itself. On native
 * WordPress, with PHP-FPM and the emulator of Stripe.
 *
 *     node --import tsx tests/bench/refund.bench.ts [--refunds 8]
 */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { idsWhere, rest } from '../e2e/support/look.ts';
import { openWorld, type World } from '../e2e/support/world.ts';
import { line, median } from './support/numbers.ts';

const { values } = parseArgs( { options: { refunds: { type: 'string' } } } );
const REFUNDS = Number( values.refunds ?? 8 );
const REFUNDABLE =
	"status = 'completed' AND payment_status = 'paid' AND attention IS NULL AND stripe_payment_intent_id IS NOT NULL";
/** The bridge comes every 15 s at rest: waits of many lengths find it in all of its moments. */
const STEP_MS = 1900;
/** No call gets through to the bridge. */
const DEAF = `<?php
add_filter( 'pre_http_request', fn( $answer, $args, $url ) => str_ends_with( $url, '/commands' ) ? new WP_Error( 'deaf', 'deaf' ) : $answer, 10, 3 );
`;

const world = await openWorld( { isLinked: true } );
try {
	const deaf = join( world.site.dir, 'wp-content/mu-plugins/smi-deaf.php' );
	const ids = await idsWhere( world, REFUNDABLE, 2 * REFUNDS );
	const called: number[] = [];
	const visited: number[] = [];
	for ( let at = 0; at < REFUNDS; at++ ) {
		await sleep( STEP_MS * ( at + 1 ) );
		called.push( await timeRefund( world, ids[ 2 * at ] ?? '' ) );
		await writeFile( deaf, DEAF );
		await sleep( STEP_MS * ( at + 1 ) );
		visited.push( await timeRefund( world, ids[ 2 * at + 1 ] ?? '' ) );
		await rm( deaf );
	}
	console.log( line( 'the bridge is called', called ) );
	console.log( line( 'the bridge comes by itself', visited ) );
	console.log( `ratio of the medians: ${ ( median( visited ) / median( called ) ).toFixed( 0 ) }` );
} finally {
	await world.stop();
}

/** Milliseconds from the question until the job has its new payment status. */
async function timeRefund( at: World, id: string ): Promise< number > {
	const page = await at.owner();
	const start = performance.now();
	await rest( at, page, 'POST', `/smi/v1/jobs/${ id }/refunds`, { amount: '1.00', reason: 'duplicate' } );
	const status = `SELECT payment_status FROM wp_smi_jobs WHERE job_id = '${ id }'`;
	while ( ! ( await at.site.sql( status ) ).includes( 'partially_refunded' ) ) {
		await sleep( 20 );
	}
	const taken = performance.now() - start;
	await page.close();
	return taken;
}
