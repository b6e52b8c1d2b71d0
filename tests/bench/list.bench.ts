/**
 * Holds the list of jobs and its counts to their budgets: page 1 of every filter, pair of filters, search and order at most twice as long as a
 * route that does nothing on the same site, far pages and the report at most four times; and at most 1.3 times what they take with 10,000 jobs.
 * Through nginx, PHP-FPM and REST; question and empty route in turn, so that what else the machine does meets both.
 *
 *     node --import tsx tests/bench/list.bench.ts [JOBS IN THE TABLE, 1000000 unless told] [--all]
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { questions, type Known, type Question } from './list/questions.ts';
import { seedJobs } from './seed/seed-jobs.ts';
import { median, quantile } from './support/numbers.ts';
import { addMustUse, applicationPassword } from './support/prepare.ts';
import { startNativeWordPress, type NativeWordPress } from '../../tools/native/wordpress.ts';

const { values, positionals } = parseArgs( { allowPositionals: true, options: { all: { type: 'boolean' } } } );
const JOBS = Number( positionals[ 0 ] ?? 1_000_000 );
const FEW = 10_000;
const GROWTH = 1.3;
const WARM = 2;
const ROUNDS = 9;

const EMPTY = `<?php
add_action( 'rest_api_init', static fn() => register_rest_route( 'smi-bench/v1', '/nothing', array(
	'callback'            => static fn() => array(),
	'permission_callback' => static fn() => current_user_can( 'smi_view_jobs' ),
) ) );`;

interface Measured extends Question {
	ratio: number;
	ms: number;
}

type Ask = ( path: string ) => Promise< number >;

/** Milliseconds until the whole answer is there. */
const askOf =
	( site: NativeWordPress, password: string ): Ask =>
	async ( path ) => {
		const start = performance.now();
		const answer = await fetch( `${ site.url }/wp-json${ path }`, {
			headers: { authorization: `Basic ${ Buffer.from( `admin:${ password }` ).toString( 'base64' ) }` },
		} );
		await answer.arrayBuffer();
		if ( answer.status !== 200 ) {
			throw new Error( `${ path } answered ${ answer.status }.` );
		}
		return performance.now() - start;
	};

async function measure( ask: Ask, question: Question ): Promise< Measured > {
	const empty: number[] = [];
	const asked: number[] = [];
	for ( let round = 0; round < WARM + ROUNDS; round++ ) {
		empty.push( await ask( '/smi-bench/v1/nothing' ) );
		asked.push( await ask( `/smi/v1${ question.path }` ) );
	}
	const ms = median( asked.slice( WARM ) );
	return { ...question, ms, ratio: ms / median( empty.slice( WARM ) ) };
}

async function knownOf( site: NativeWordPress, all: number ): Promise< Known > {
	const one = async ( sql: string ) => ( await site.sql( sql ) ).trim();
	const most = ( column: string, order: 'DESC' | 'ASC', having = '' ) =>
		one(
			`SELECT ${ column } FROM wp_smi_jobs WHERE COALESCE( ${ column }, '' ) <> '' GROUP BY ${ column } ${ having } ORDER BY COUNT(*) ${ order }, ${ column } LIMIT 1`
		);
	const smallPost = await most( 'post_id', 'ASC', 'HAVING COUNT(*) > 2' );
	return {
		jobId: await one( 'SELECT job_id FROM wp_smi_jobs ORDER BY id LIMIT 1 OFFSET 777' ),
		regular: await most( 'email', 'DESC' ),
		once: await most( 'email', 'ASC' ),
		post: await most( 'post_id', 'DESC' ),
		smallPost,
		picture: await most( 'attachment_id', 'DESC' ),
		domain: await most( 'email_domain', 'DESC' ),
		smallDomain: await most( 'email_domain', 'ASC' ),
		word: 'Lisbon',
		rareWord: String( Number( smallPost ) - 1000 ),
		completed: Number( await one( "SELECT COUNT(*) FROM wp_smi_jobs WHERE status = 'completed'" ) ),
		all,
	};
}

/** On a site of its own with so many jobs. */
async function measureAll( jobs: number ): Promise< Measured[] > {
	const site = await startNativeWordPress( { version: '7.1', fromZip: null } );
	try {
		await seedJobs( site, jobs );
		await addMustUse( site, 'nothing', EMPTY );
		const ask = askOf( site, await applicationPassword( site ) );
		const found: Measured[] = [];
		for ( const question of questions( await knownOf( site, jobs ) ) ) {
			found.push( await measure( ask, question ) );
		}
		return found;
	} finally {
		await site.stop();
	}
}

const shown = ( { ratio, ms, atMost, path }: Measured ) =>
	`${ ratio.toFixed( 2 ).padStart( 6 ) }x of ${ atMost }x ${ ms.toFixed( 1 ).padStart( 7 ) } ms  ${ decodeURIComponent( path ) }`;

function report( jobs: number, found: Measured[] ): boolean {
	const over = found.filter( ( { ratio, atMost } ) => ratio > atMost );
	console.log( `\n${ jobs.toLocaleString( 'en' ) } jobs, load ${ loadavg()[ 0 ]?.toFixed( 1 ) }` );
	for ( const atMost of [ 2, 4 ] as const ) {
		const ratios = found.filter( ( one ) => one.atMost === atMost ).map( ( { ratio } ) => ratio );
		console.log(
			`${ ratios.length } questions that may take ${ atMost }x an empty route: median ${ median( ratios ).toFixed( 2 ) }x, p90 ` +
				`${ quantile( ratios, 0.9 ).toFixed( 2 ) }x, most ${ Math.max( ...ratios ).toFixed( 2 ) }x`
		);
	}
	console.log( `over their budget: ${ over.length }` );
	( values.all ? found : over ).forEach( ( one ) => console.log( shown( one ) ) );
	return over.length === 0;
}

const few = await measureAll( FEW );
report( FEW, few );
const many = await measureAll( JOBS );
const isWithin = report( JOBS, many );
const growth = many.map( ( { ratio }, at ) => ratio / ( few[ at ]?.ratio ?? Number.NaN ) );
console.log(
	`\nfrom ${ FEW.toLocaleString( 'en' ) } to ${ JOBS.toLocaleString( 'en' ) } jobs: median ${ median( growth ).toFixed( 2 ) }x, p90 ` +
		`${ quantile( growth, 0.9 ).toFixed( 2 ) }x (budget ${ GROWTH }x)`
);
many.forEach( ( one, at ) => {
	if ( ( growth[ at ] ?? 0 ) > GROWTH ) {
		console.log( `${ ( growth[ at ] ?? 0 ).toFixed( 2 ).padStart( 6 ) }x  ${ decodeURIComponent( one.path ) }` );
	}
} );
process.exitCode = isWithin && median( growth ) <= GROWTH ? 0 : 1;
