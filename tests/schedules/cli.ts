/** `npm run schedules`: see README.md. */
import { parseArgs } from 'node:util';
import { tryMutations } from './support/mutate.ts';
import { runSeed, type Outcome } from './support/schedule.ts';
import { startSite } from './support/site.ts';

const { values } = parseArgs( {
	options: {
		seeds: { type: 'string', default: '300' },
		from: { type: 'string', default: '1' },
		step: { type: 'string', default: '1' },
		seed: { type: 'string' },
		'stop-at-first': { type: 'boolean', default: false },
		/** Names with commas, or `all`. */
		mutations: { type: 'string' },
	},
} );

function told( { seed, violations, story }: Outcome, hasStory: boolean ): string {
	return [ `seed ${ seed }: ${ violations.length === 0 ? 'good' : 'BROKEN' }`, ...violations, ...( hasStory ? story : [] ) ].join( '\n  ' );
}

if ( values.mutations !== undefined ) {
	const isGood = await tryMutations( values.mutations === 'all' ? undefined : values.mutations, [
		`--seeds=${ values.seeds }`,
		`--from=${ values.from }`,
	] );
	process.exit( isGood ? 0 : 1 );
}

const site = await startSite();
const startedAt = Date.now();
const totals = { seeds: 0, jobs: 0, deaths: 0, phpKills: 0, faults: 0, broken: 0 };
const ends: Record< string, number > = {};
try {
	const first = Number( values.seed ?? values.from );
	const count = values.seed === undefined ? Number( values.seeds ) : 1;
	for ( let n = 0; n < count; n++ ) {
		const outcome = await runSeed( site, first + n * Number( values.step ) );
		totals.seeds++;
		totals.jobs += outcome.jobs;
		totals.deaths += outcome.deaths;
		totals.phpKills += outcome.phpKills;
		totals.faults += outcome.faults;
		Object.entries( outcome.ends ).forEach( ( [ end, times ] ) => ( ends[ end ] = ( ends[ end ] ?? 0 ) + times ) );
		if ( outcome.violations.length > 0 || values.seed !== undefined ) {
			totals.broken += outcome.violations.length > 0 ? 1 : 0;
			console.log( told( outcome, values.seed !== undefined ) );
		}
		if ( outcome.violations.length > 0 && values[ 'stop-at-first' ] ) {
			break;
		}
	}
	const complaints = await site.native.complaints();
	complaints.slice( 0, 5 ).forEach( ( complaint ) => console.log( `PHP's log: ${ complaint }` ) );
	console.log( JSON.stringify( { ...totals, s: ( Date.now() - startedAt ) / 1000, complaints: complaints.length, ends } ) );
	process.exitCode = totals.broken + complaints.length > 0 ? 1 : 0;
} finally {
	await site.native.stop();
}
