/**
 * What a bridge holds while it delivers pictures of 24 megapixels, compiled and started as in the image.
 *
 *     node --import tsx tests/bench/memory.bench.ts [--sales 20] [--at-once 3] [--side 6000]
 *
 * Budget: at most 300 MB, at any time. Every sale must be completed.
 */
import { parseArgs } from 'node:util';
import { openShop, sell, type Sale } from './support/shop.ts';
import { check, load, say } from './support/verdict.ts';

const { values } = parseArgs( {
	options: { sales: { type: 'string' }, 'at-once': { type: 'string' }, side: { type: 'string' } },
} );
const SALES = Number( values.sales ?? 20 );
const AT_ONCE = Number( values[ 'at-once' ] ?? 3 );
/** The longer side of what is sold; the picture has the shape of a photograph. */
const SIDE = Number( values.side ?? 6_000 );
const MOST_MB = 300;
const EVERY_MS = 250;
const TOLD_EVERY = 10;

const width = Math.round( SIDE / 4 );
const shop = await openShop( { pictures: { count: 1, width, height: Math.round( ( width * 2 ) / 3 ) } } );
try {
	const seen: number[] = [];
	const watching = setInterval( () => void shop.bridge.memory().then( ( mb ) => seen.push( mb ) ), EVERY_MS );
	const atFirst = await shop.bridge.memory();
	const sales: Sale[] = [];
	let begun = 0;
	const lane = async () => {
		while ( begun < SALES ) {
			begun++;
			sales.push( await sell( shop, 600 ) );
			if ( sales.length % TOLD_EVERY === 0 ) {
				const now = await shop.bridge.memory();
				say(
					`${ sales.length } sales: ${ now.toFixed( 0 ) } MB, most so far ${ Math.max( ...seen ).toFixed( 0 ) } MB, ${ load() }`
				);
			}
		}
	};
	await Promise.all( Array.from( { length: AT_ONCE }, lane ) );
	clearInterval( watching );
	const most = await shop.bridge.memory( 'most' );
	const sold = sales.filter( ( { ms } ) => ms !== null ).length;
	check( `all ${ SALES } sales completed`, sold === SALES, `${ sold }` );
	check(
		`at most ${ MOST_MB } MB`,
		most <= MOST_MB,
		`${ atFirst.toFixed( 0 ) } MB at first, ${ most.toFixed( 0 ) } MB at most`
	);
} finally {
	await shop.stop();
}
