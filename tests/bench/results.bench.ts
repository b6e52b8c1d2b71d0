/**
 * A result server that refuses for a while, and one that is slow for twenty pictures at once.
 *
 *     node --import tsx tests/bench/results.bench.ts [--minutes 1] [--slow 20]
 *
 * Must hold: where results answer 403 for ten minutes (--minutes 10), one upscale is bought, nothing is refunded, and the job is completed
 * afterwards. Budget: while twenty slow deliveries are under way, a new payment is seen within 5 s.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { atCheckout, json, openShop, order, rows, soon, type Shop } from './support/shop.ts';
import { listAll } from './support/stripe-ledger.ts';
import { check, load, say } from './support/verdict.ts';

const { values } = parseArgs( { options: { minutes: { type: 'string' }, slow: { type: 'string' } } } );
const REFUSES_MS = Number( values.minutes ?? 1 ) * 60_000;
const SLOW = Number( values.slow ?? 20 );
const SLOW_MS = 15_000;
const SEEN_S = 5;
const PATIENCE_S = 900;

const shop = await openShop();
try {
	await refusing( shop );
	await slowly( shop );
} finally {
	await shop.stop();
}

/** A sale that is paid; its job. */
async function payOne(): Promise< string > {
	const { job_id } = await order( shop );
	const session = await soon(
		PATIENCE_S,
		async () => ( await rows( shop, `job_id = '${ job_id }'` ) )[ 0 ]?.session
	);
	await atCheckout( shop, session ?? '', 'pay' );
	return job_id;
}

async function isIn( job: string, column: 'status' | 'payment', value: string ): Promise< boolean > {
	return ( await rows( shop, `job_id = '${ job }'` ) )[ 0 ]?.[ column ] === value;
}

function fault( effect: object ): Promise< unknown > {
	return json( `${ shop.upsampler }/_emulator/faults`, { match: { path: '/results/' }, effect } );
}

function noFault(): Promise< unknown > {
	return json( `${ shop.upsampler }/_emulator/faults`, undefined, 'DELETE' );
}

async function refusing( { bought }: Shop ): Promise< void > {
	await fault( { status: 403 } );
	const job = await payOne();
	await sleep( REFUSES_MS );
	const [ before ] = await rows( shop, `job_id = '${ job }'` );
	check(
		'while results answer 403 the job goes on waiting',
		before?.status === 'processing' && before.payment === 'paid',
		before
	);
	await noFault();
	const endedAt = performance.now();
	const isCompleted = await soon( PATIENCE_S, () => isIn( job, 'status', 'completed' ), 500 );
	check(
		'it is completed afterwards',
		isCompleted !== null,
		`${ ( ( performance.now() - endedAt ) / 1000 ).toFixed( 0 ) } s later, ${ load() }`
	);
	check( 'one upscale was bought', bought.length === 1, bought.length );
	check( 'nothing was refunded', ( await listAll( shop, 'refunds' ) ).length === 0 );
}

async function slowly( { bought }: Shop ): Promise< void > {
	const before = bought.length;
	await fault( { delay_ms: SLOW_MS } );
	const jobs = await Promise.all( Array.from( { length: SLOW }, payOne ) );
	await soon( PATIENCE_S, async () => bought.length - before >= SLOW, 250 );
	await sleep( 2_000 );
	const waiting = ( await rows( shop, "status = 'processing'" ) ).length;
	const job = await payOne();
	const paidAt = performance.now();
	await soon( PATIENCE_S, () => isIn( job, 'payment', 'paid' ), 50 );
	const seconds = ( performance.now() - paidAt ) / 1000;
	check(
		`while ${ waiting } slow deliveries wait or run, a payment is seen within ${ SEEN_S } s`,
		seconds <= SEEN_S,
		`${ seconds.toFixed( 1 ) } s, ${ load() }`
	);
	await noFault();
	const isAll = async () => ( await rows( shop, "status = 'completed'" ) ).length === SLOW + 2;
	check( 'all of them are completed', ( await soon( PATIENCE_S, isAll, 1_000 ) ) !== null, `${ jobs.length + 2 }` );
	say( `${ bought.length } upscales bought for ${ SLOW + 2 } sales` );
	check( 'each was bought once', bought.length === SLOW + 2 );
}
