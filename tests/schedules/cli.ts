/** `npm run schedules`: see README.md. */
import { parseArgs } from 'node:util';
import { tryMutations } from './support/mutate.ts';
import { runSeed, type Outcome } from './support/schedule.ts';
import { startSite } from './support/site.ts';
import { runSideBySide } from './support/workers.ts';

const { values } = parseArgs( {
	options: {
		seeds: { type: 'string', default: '300' },
		from: { type: 'string', default: '1' },
		step: { type: 'string', default: '1' },
		seed: { type: 'string' },
		/** Instead of the one that each seed chooses; then the seed is repeated with it alone. */
		theme: { type: 'string' },
		workers: { type: 'string', default: '2' },
		'stop-at-first': { type: 'boolean', default: false },
		/** Names with commas, or `all`. */
		mutations: { type: 'string' },
	},
} );

function told( { seed, violations, story }: Outcome, hasStory: boolean ): string {
	const lines = [ `seed ${ seed }: ${ violations.length === 0 ? 'good' : 'BROKEN' }`, ...violations ];
	return [ ...lines, ...( hasStory ? story : [] ) ].join( '\n  ' );
}

/** @return Whether all went well. */
async function runHere( first: number, count: number, step: number ): Promise< boolean > {
	const site = await startSite();
	const totals = { seeds: 0, jobs: 0, deaths: 0, phpKills: 0, faults: 0, broken: 0 };
	const ends: Record< string, number > = {};
	const startedAt = Date.now();
	try {
		for ( let n = 0; n < count; n++ ) {
			const outcome = await runSeed( site, first + n * step, values.theme );
			const isBroken = outcome.violations.length > 0;
			totals.seeds++;
			totals.broken += isBroken ? 1 : 0;
			for ( const name of [ 'jobs', 'deaths', 'phpKills', 'faults' ] as const ) {
				totals[ name ] += outcome[ name ];
			}
			Object.entries( outcome.ends ).forEach(
				( [ end, times ] ) => ( ends[ end ] = ( ends[ end ] ?? 0 ) + times )
			);
			if ( isBroken || values.seed !== undefined ) {
				console.log( told( outcome, values.seed !== undefined ) );
			}
			if ( isBroken && values[ 'stop-at-first' ] ) {
				break;
			}
		}
		const complaints = await site.native.complaints();
		complaints.slice( 0, 5 ).forEach( ( complaint ) => console.log( `PHP's log: ${ complaint }` ) );
		const s = ( Date.now() - startedAt ) / 1000;
		console.log( JSON.stringify( { ...totals, s, complaints: complaints.length, ends } ) );
		return totals.broken + complaints.length === 0;
	} finally {
		await site.native.stop();
	}
}

async function main(): Promise< boolean > {
	const [ first, count, step ] = [ values.seed ?? values.from, values.seeds, values.step ].map( Number ) as [
		number,
		number,
		number,
	];
	if ( values.mutations !== undefined ) {
		return tryMutations( values.mutations, [ `--seeds=${ count }`, `--from=${ first }` ] );
	}
	const workers = values.seed === undefined ? Math.min( Number( values.workers ), count ) : 1;
	return workers > 1
		? runSideBySide( workers, first, count, values.theme )
		: runHere( first, values.seed === undefined ? count : 1, step );
}

process.exitCode = ( await main() ) ? 0 : 1;
