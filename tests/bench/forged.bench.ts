/**
 * What strangers cost who post forged webhooks: 20 sales without any, with one and with ten a second, and without any again.
 *
 *     node --import tsx tests/bench/forged.bench.ts [--minutes 5] [--sales 20] [--sandbox]
 *
 * Budget: every sale is completed, none takes longer than 1.5 times the slowest of those without; nothing of a forged one lies in the
 * database; the bridge's memory is flat (at most 32 MB more at the end of a flood than in its middle). With --sandbox all this is asked of
 * what `npm start` runs.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { flood, MARK } from './support/forgeries.ts';
import { median } from './support/numbers.ts';
import { openNativeSeller, openSandboxSeller, type Seller } from './support/seller.ts';
import type { Sale } from './support/shop.ts';
import { check, load, say } from './support/verdict.ts';

const { values } = parseArgs( {
	options: { minutes: { type: 'string' }, sales: { type: 'string' }, sandbox: { type: 'boolean' } },
} );
const MINUTES = Number( values.minutes ?? 5 );
const SALES = Number( values.sales ?? 20 );
/** Without a flood nothing has to be waited for: sales follow sooner. */
const QUIET_SHARE = 1 / 3;
const SLOWER = 1.5;
const FLAT_MB = 32;
/** Forged ones alone, before anything is sold. */
const ALONE_S = 10;

const seller = values.sandbox ? await openSandboxSeller() : await openNativeSeller( SALES );
try {
	await alone( seller );
	const warm = await seller.sell();
	say( `a first sale, not counted: ${ seconds( warm.ms ) }` );
	const quiet = await phase( 0 );
	const one = await phase( 1 );
	const ten = await phase( 10 );
	const after = await phase( 0 );
	const most = Math.max( ...quiet, ...after );
	say( `without: median ${ seconds( median( [ ...quiet, ...after ] ) ) }, slowest ${ seconds( most ) }` );
	for ( const [ name, times ] of [
		[ 'one a second', one ],
		[ 'ten a second', ten ],
	] as const ) {
		const ratio = Math.max( ...times ) / most;
		const found = `median ${ seconds( median( times ) ) }, slowest ${ seconds( Math.max( ...times ) ) }, ${ ratio.toFixed( 2 ) }x`;
		check( `${ name }: none slower than ${ SLOWER }x the slowest without`, ratio <= SLOWER, found );
	}
	check( 'nothing of a forged one lies in the database', ! ( await seller.dump() ).includes( MARK ) );
} finally {
	await seller.stop();
}

/** Forged ones change no table. What the site does by itself meanwhile, it does before and after as well. */
async function alone( at: Seller ): Promise< void > {
	const before = await at.counts();
	const statuses = await flood( at.bridge, 20, [], AbortSignal.timeout( ALONE_S * 1000 ) );
	const after = await at.counts();
	const grown = Object.keys( after ).filter(
		( table ) => table !== 'wp_options' && after[ table ] !== before[ table ]
	);
	check( 'forged ones alone add no row', grown.length === 0, { statuses, grown } );
}

/** Sales at even distances while forged ones come in; how long each took. */
async function phase( perSecond: number ): Promise< number[] > {
	const stop = new AbortController();
	const lengthMs = MINUTES * 60_000 * ( perSecond === 0 ? QUIET_SHARE : 1 );
	const memory = [ await seller.memory() ];
	const startedAt = performance.now();
	const forged = flood( seller.bridge, perSecond, await seller.attempts(), stop.signal );
	const sales: Promise< Sale >[] = [];
	for ( let at = 0; at < SALES; at++ ) {
		await until( startedAt + ( lengthMs * at ) / SALES );
		if ( at === Math.floor( SALES / 2 ) ) {
			memory.push( await seller.memory() );
		}
		sales.push( seller.sell() );
	}
	const done = await Promise.all( sales );
	await until( startedAt + lengthMs );
	stop.abort();
	const statuses = await forged;
	memory.push( await seller.memory() );
	const [ , middle = 0, end = 0 ] = memory;
	const times = done.map( ( { ms } ) => ms ?? Number.POSITIVE_INFINITY );
	const name = `${ perSecond } a second`;
	say(
		`${ name }, ${ load() }: ${ JSON.stringify( statuses ) }, memory ${ memory.map( ( mb ) => mb.toFixed( 0 ) ).join( ', ' ) } MB`
	);
	check(
		`${ name }: all ${ SALES } sales completed`,
		times.every( Number.isFinite ),
		times.map( seconds ).join( ' ' )
	);
	const answered = Object.keys( statuses ).filter( ( status ) => status !== '400' && status !== '404' );
	check( `${ name }: each forged one is a plain no`, answered.length === 0, answered.join( ' ' ) );
	check( `${ name }: memory is flat`, end - middle <= FLAT_MB, `${ ( end - middle ).toFixed( 0 ) } MB more` );
	return times;
}

function until( at: number ): Promise< void > {
	return sleep( Math.max( 0, at - performance.now() ) );
}

function seconds( ms: number | null ): string {
	return `${ ( ( ms ?? Number.NaN ) / 1000 ).toFixed( 1 ) } s`;
}
