/**
 * Holds the export of all jobs, all columns, to its budget: at most three times what the `mariadb` client takes to dump the table, in flat
 * memory. On a private WordPress and MariaDB; both measured in turn, so that what else the machine does meets both.
 *
 *     node --import tsx tests/bench/export.bench.ts [JOBS IN THE TABLE, 100000 unless told]
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadavg } from 'node:os';
import { seedJobs } from './seed/seed-jobs.ts';
import { median } from './support/numbers.ts';
import { addMustUse, applicationPassword } from './support/prepare.ts';
import { findBinary, runOrThrow } from '../../tools/native/process.ts';
import { startNativeWordPress } from '../../tools/native/wordpress.ts';
import type { NativeWordPress } from '../../tools/native/wordpress.ts';

const JOBS = Number( process.argv[ 2 ] ?? 100_000 );
const ROUNDS = 3;
const BUDGET = 3;
const FLAT_MB = 32;

/** Notes what the web server's PHP needed at most, request by request. */
const MEMORY = `<?php
register_shutdown_function( static function () {
	file_put_contents( __DIR__ . '/peaks.txt', memory_get_peak_usage( true ) . "\\n", FILE_APPEND );
} );`;

const seconds = async ( work: () => Promise< unknown > ): Promise< number > => {
	const start = performance.now();
	await work();
	return ( performance.now() - start ) / 1000;
};

/** All rows and columns by the database's own client, which throws them away. */
const dump = async ( site: NativeWordPress ) =>
	runOrThrow( 'sh', [
		'-c',
		`"$0" --no-defaults -uroot --socket="$1" --quick wordpress -e 'SELECT * FROM wp_smi_jobs' > /dev/null`,
		await findBinary( 'mariadb', 'mysql' ),
		site.socket,
	] );

/** The export through web server and REST, thrown away as well. Gives its bytes and the most memory it took, in MB. */
async function download(
	site: NativeWordPress,
	password: string,
	query: string
): Promise< { bytes: number; mb: number } > {
	const [ bytes, status ] = (
		await runOrThrow( 'curl', [
			...[ '-s', '-g', '-o', '/dev/null', '-w', '%{size_download} %{http_code}', '-u', `admin:${ password }` ],
			`${ site.url }/wp-json/smi/v1/jobs/export?${ query }`,
		] )
	).split( ' ' );
	if ( status !== '200' ) {
		throw new Error( `The export answered ${ status }.` );
	}
	const peaks = ( await readFile( join( site.dir, 'wp-content/mu-plugins/peaks.txt' ), 'utf8' ) )
		.trim()
		.split( '\n' );
	return { bytes: Number( bytes ), mb: Number( peaks.at( -1 ) ) / 2 ** 20 };
}

async function measure( site: NativeWordPress, password: string ): Promise< boolean > {
	const dumps: number[] = [];
	const ratios: Record< string, number[] > = { csv: [], ndjson: [] };
	let most = 0;
	await dump( site );
	for ( let round = 0; round < ROUNDS; round++ ) {
		const base = await seconds( () => dump( site ) );
		dumps.push( base );
		for ( const [ format, times ] of Object.entries( ratios ) ) {
			let got = { bytes: 0, mb: 0 };
			const took = await seconds( async () => {
				got = await download( site, password, `format=${ format }&timezone=Europe/Berlin` );
			} );
			times.push( took / base );
			most = Math.max( most, got.mb );
			console.log(
				`${ format.padEnd( 7 ) } ${ took.toFixed( 1 ) } s, dump ${ base.toFixed( 1 ) } s, ${ ( took / base ).toFixed( 2 ) }x, ` +
					`${ ( got.bytes / 2 ** 20 ).toFixed( 0 ) } MB, PHP at most ${ got.mb.toFixed( 0 ) } MB`
			);
		}
	}
	const few = await download( site, password, 'search=post:1500' );
	const csv = median( ratios[ 'csv' ] ?? [] );
	console.log(
		`CSV of ${ JOBS } jobs: ${ csv.toFixed( 2 ) }x the dump (median of ${ ROUNDS }; budget ${ BUDGET }x)`
	);
	console.log(
		`NDJSON: ${ median( ratios[ 'ndjson' ] ?? [] ).toFixed( 2 ) }x; dump ${ median( dumps ).toFixed( 1 ) } s`
	);
	console.log( `memory: ${ most.toFixed( 0 ) } MB for all, ${ few.mb.toFixed( 0 ) } MB for one post's` );
	return csv <= BUDGET && most - few.mb <= FLAT_MB;
}

async function main(): Promise< void > {
	const site = await startNativeWordPress( { version: '7.1', fromZip: null } );
	try {
		console.log( `seeded ${ JOBS } jobs in ${ ( await seconds( () => seedJobs( site, JOBS ) ) ).toFixed( 0 ) } s` );
		await addMustUse( site, 'memory', MEMORY );
		const password = await applicationPassword( site );
		console.log( `load ${ loadavg()[ 0 ]?.toFixed( 1 ) }` );
		process.exitCode = ( await measure( site, password ) ) ? 0 : 1;
	} finally {
		await site.stop();
	}
}

await main();
