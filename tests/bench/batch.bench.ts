/**
 * Holds actions on many jobs to their budget, on a private WordPress and MariaDB:
 * 1,000 jobs in 5 s, and the POST of as many jobs as one batch takes in 10 s.
 *
 *     node --import tsx tests/bench/batch.bench.ts [JOBS IN THE TABLE, 100000 unless told]
 */
import { join } from 'node:path';
import { startNativeWordPress } from '../../tools/native/wordpress.ts';
import type { NativeWordPress } from '../../tools/native/wordpress.ts';

type Measured = {
	status: number;
	matched: number | null;
	done: number | null;
	seconds: { dry: number; post?: number; run?: number };
	megabytes: number;
	message: string;
};

const JOBS = Number( process.argv[ 2 ] ?? 100_000 );
const FOLDER = join( import.meta.dirname, 'batch' );

const ACTIONS = [
	{ action: 'refund', n: 1000, of: 'failed', params: { percent: 10 } },
	{ action: 'retry', n: 1000, of: 'failed', params: { acknowledge_refunded: true } },
	{ action: 'status', n: 1000, of: 'pending', params: { status: 'failed', reason: 'a test of speed' } },
	{ action: 'refresh', n: 1000, of: 'failed' },
];

async function main(): Promise< void > {
	const site = await startNativeWordPress( { version: '7.1', fromZip: null } );
	try {
		await site.wp( join( FOLDER, 'seed.php' ), { SMI_BENCH_JOBS: String( JOBS ) } );
		console.log( `${ JOBS } jobs in the table` );
		process.exitCode = ( await within( site ) ) ? 0 : 1;
	} finally {
		await site.stop();
	}
}

async function within( site: NativeWordPress ): Promise< boolean > {
	const budgets: boolean[] = [];
	for ( const ask of ACTIONS ) {
		const found = await measure( site, ask );
		const all = ( found.seconds.post ?? 0 ) + ( found.seconds.run ?? 0 );
		console.log( `${ JSON.stringify( ask ) }: ${ all.toFixed( 2 ) } s`, JSON.stringify( found ) );
		budgets.push( all <= 5 );
	}
	const largest = await measure( site, { action: 'refund', filter: widest() }, { SMI_BENCH_POST_ONLY: '1' } );
	console.log( 'as many as a batch takes:', JSON.stringify( largest ) );
	return budgets.every( Boolean ) && ( largest.seconds.post ?? 99 ) <= 10;
}

/** Dates between which just less than 50,000 jobs lie, of those spread over three years. */
function widest(): { after: string } {
	const days = Math.floor( ( 1095 * Math.min( 49_000, JOBS ) ) / JOBS );
	return { after: new Date( Date.now() - days * 86_400_000 ).toISOString() };
}

async function measure( site: NativeWordPress, ask: object, env = {} ): Promise< Measured > {
	const printed = await site.wp( join( FOLDER, 'measure.php' ), { SMI_BENCH_ASK: JSON.stringify( ask ), ...env } );
	return JSON.parse( printed );
}

await main();
