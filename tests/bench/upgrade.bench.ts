/**
 * Carries a table of the published older version over, with its times by the clock of New York, while another process sells and changes orders and
 * the list is asked for all the time. Ends with 1 when an answer was not 200 once the shop was open, a write failed, a row was lost or changed, a
 * time is not what it was in UTC, or the counters are wrong.
 *
 *     node --import tsx tests/bench/upgrade.bench.ts [JOBS, 1000000 unless told] [--asked]
 *
 * With --asked the rows do not say in which zone they are: the shop is brought up to date without them, and the answer comes afterwards.
 */
import { rm, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { applicationPassword } from './support/prepare.ts';
import { line } from './support/numbers.ts';
import { BY_PHP, KEPT, isSecondHour, makeOlderTable, TIMES } from './upgrade/older-table.ts';
import { startNativeWordPress, type NativeWordPress } from '../../tools/native/wordpress.ts';

const { values, positionals } = parseArgs( { allowPositionals: true, options: { asked: { type: 'boolean' } } } );
const JOBS = Number( positionals[ 0 ] ?? 1_000_000 );
const FOLDER = join( import.meta.dirname, 'upgrade' );

const ROUTES = [
	'/jobs?per_page=20',
	'/jobs?per_page=20&status[]=completed',
	'/jobs?per_page=20&orderby=updated_at&attention[]=any',
	'/jobs?search=%40example.com',
	'/jobs/stats',
];

interface Writes {
	closed: number;
	writes: number;
	sold: number;
	median: number;
	p99: number;
	most: number;
	errors: Record< string, number >;
	changed: number[];
}

interface Asked {
	answers: number;
	closed: number;
	bad: string[];
	ms: number[];
}

/** Asks for the list until it is told to stop. Before the columns are there, 503 is the right answer. */
async function poll( site: NativeWordPress, password: string, isStopped: () => boolean ): Promise< Asked > {
	const seen: Asked = { answers: 0, closed: 0, bad: [], ms: [] };
	const headers = { authorization: `Basic ${ Buffer.from( `admin:${ password }` ).toString( 'base64' ) }` };
	let isOpen = false;
	for ( let at = 0; ! isStopped(); at++ ) {
		const route = ROUTES[ at % ROUTES.length ] ?? '';
		const start = performance.now();
		const answer = await fetch( `${ site.url }/wp-json/smi/v1${ route }`, { headers } );
		const text = await answer.text();
		seen.ms.push( performance.now() - start );
		seen.answers++;
		isOpen ||= answer.status === 200;
		if ( answer.status === 503 && ! isOpen && text.includes( 'smi_upgrade_pending' ) ) {
			seen.closed++;
		} else if ( answer.status !== 200 ) {
			seen.bad.push( `${ route }: ${ answer.status } ${ text.slice( 0, 200 ) }` );
		}
		await sleep( 50 );
	}
	return seen;
}

/** What is not as it should be, as sentences; and what nobody can know. */
async function compare( site: NativeWordPress ): Promise< string[] > {
	const one = async ( sql: string ) => ( await site.sql( sql ) ).trim();
	const wrong: string[] = [];
	const check = async ( what: string, sql: string, wanted = '0' ) => {
		const found = await one( sql );
		if ( found !== wanted ) {
			wrong.push( `${ what }: ${ found }, not ${ wanted }` );
		}
	};
	const joined = 'wp_smi_jobs j JOIN wp_bench_truth t ON t.id = j.id';
	// Abandoned orders are forgotten after 90 days, by the plugin itself, also meanwhile.
	await check(
		'rows that are gone',
		"SELECT COUNT(*) FROM wp_bench_before b LEFT JOIN wp_smi_jobs j ON j.id = b.id WHERE j.id IS NULL AND b.status <> 'abandoned'"
	);
	await check(
		'rows that were made',
		'SELECT COUNT(*) FROM wp_bench_before b JOIN wp_bench_truth t ON t.id = b.id',
		String( JOBS )
	);
	const sums = async ( what: string, from: string, terms: Record< string, string > ) => {
		const sql = Object.values( terms ).map( ( term ) => `COALESCE( SUM( ${ term } ), 0 )` );
		const found = ( await one( `SELECT ${ sql.join( ', ' ) } FROM ${ from }` ) ).split( '\t' );
		return Object.keys( terms ).map( ( name, at ) => ( {
			what: `${ name } ${ what }`,
			n: Number( found[ at ] ),
		} ) );
	};
	const differs = ( name: string, other: string ) => `NOT ( BINARY j.${ name } <=> BINARY ${ other }.${ name } )`;
	const kept = Object.fromEntries( KEPT.map( ( name ) => [ name, differs( name, 'b' ) ] ) );
	const changed = await sums( 'changed', 'wp_smi_jobs j JOIN wp_bench_before b ON b.id = j.id', kept );
	// What somebody else changed meanwhile has another time of that; an hour that came twice may be taken for the first.
	const another = ( name: string ) => differs( name, 't' ) + ( name === 'updated_at' ? ' AND j.version = 1' : '' );
	const isFirst = ( name: string ) =>
		`( ( ${ isSecondHour( `t.${ name }` ) } ) AND TIMESTAMPDIFF( SECOND, j.${ name }, t.${ name } ) = 3600 )`;
	const early = Object.fromEntries( BY_PHP.map( ( name ) => [ name, isFirst( name ) ] ) );
	const times = Object.fromEntries(
		TIMES.map( ( name ) => [ name, another( name ) + ( early[ name ] ? ` AND NOT ${ early[ name ] }` : '' ) ] )
	);
	const moved = await sums( 'is another time', joined, times );
	wrong.push(
		...[ ...changed, ...moved ].filter( ( { n } ) => n !== 0 ).map( ( { what, n } ) => `${ what }: ${ n }` )
	);
	const twice = Object.fromEntries( BY_PHP.map( ( name ) => [ name, isSecondHour( `t.${ name }` ) ] ) );
	const all = await sums( 'in an hour that came again', joined, twice );
	for ( const [ at, { what, n } ] of ( await sums( '', joined, early ) ).entries() ) {
		console.log( `${ what }: ${ n } of ${ all[ at ]?.n } in an hour that came again are taken for the first` );
	}
	await check( 'marks left', 'SELECT COUNT(*) FROM wp_smi_jobs WHERE older_times <> 0' );
	await check(
		'jobs not counted',
		'SELECT ( SELECT COUNT(*) FROM wp_smi_jobs ) - ( SELECT SUM( n ) FROM wp_smi_counts_facet )'
	);
	await check(
		'days counted wrongly',
		`SELECT COUNT(*) FROM ( SELECT facet, DATE( created_at ) AS day, COUNT(*) AS n FROM wp_smi_jobs GROUP BY facet, day ) AS r
		LEFT JOIN ( SELECT facet, day, SUM( n ) AS n FROM wp_smi_counts_day GROUP BY facet, day ) AS c ON c.facet = r.facet AND c.day = r.day WHERE NOT ( r.n <=> c.n )`
	);
	return wrong;
}

async function measure( site: NativeWordPress ): Promise< string[] > {
	await makeOlderTable( site, JOBS, ! values.asked );
	console.log( `${ JOBS } orders of an older version; load ${ loadavg()[ 0 ]?.toFixed( 1 ) }` );
	const stop = join( site.dir, '../stop' );
	await rm( stop, { force: true } );
	let isOver = false;
	const polled = poll( site, await applicationPassword( site ), () => isOver );
	const written = site.wp( join( FOLDER, 'write.php' ), { SMI_BENCH_STOP: stop, SMI_BENCH_JOBS: String( JOBS ) } );
	await sleep( 1500 );
	console.log( await site.wp( join( FOLDER, 'run.php' ) ) );
	if ( values.asked ) {
		console.log( await site.wp( join( FOLDER, 'run.php' ), { SMI_BENCH_ZONE: 'America/New_York' } ) );
	}
	isOver = true;
	await writeFile( stop, '' );
	const asked = await polled;
	const { changed, ...writes } = JSON.parse( await written ) as Writes;
	console.log( `writes: ${ JSON.stringify( writes ) }, to ${ changed.length } older orders` );
	console.log(
		line( `${ asked.answers } answers, ${ asked.closed } of them 503 before the columns were there`, asked.ms )
	);
	console.log(
		`slowest answer: ${ Math.max( ...asked.ms ).toFixed( 0 ) } ms; load ${ loadavg()[ 0 ]?.toFixed( 1 ) }`
	);
	const wrong = await compare( site );
	return [
		...wrong,
		...asked.bad.map( ( bad ) => `not 200: ${ bad }` ),
		...Object.keys( writes.errors ).map( ( error ) => `a write failed: ${ error }` ),
	];
}

const site = await startNativeWordPress( { version: '7.1', fromZip: null } );
try {
	const wrong = await measure( site );
	console.log( wrong.length === 0 ? 'every row compared: as it should be' : wrong.join( '\n' ) );
	process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
	await site.stop();
}
