/**
 * How soon the Jobs screen shows its first row, against its budget: at most 0.3 s after the page's own load event, without asking REST
 * first, with at most 360 kB of script. On native WordPress, from a zip that is built for it, in Chromium.
 *
 *     node --import tsx tests/bench/screen.bench.ts [--wp 6.8] [--loads 20]
 */
import { readFile, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { openWorld, type World } from '../e2e/support/world.ts';
import { buildProduction } from './support/production-zip.ts';
import { listen, timeLoad, type Load } from './support/first-row.ts';
import { line, median } from './support/numbers.ts';

const { values } = parseArgs( { options: { wp: { type: 'string' }, loads: { type: 'string' } } } );
const VERSION = values.wp === '6.8' ? '6.8' : '7.1';
const LOADS = Number( values.loads ?? 20 );
const LISTEN_SECONDS = 35;
const EMPTY = `<?php
add_action( 'admin_menu', fn() => add_menu_page( 'Empty', 'Empty', 'read', 'smi-empty', fn() => print( '<div class="wrap"><h1>Empty</h1></div>' ) ) );
`;

const production = await buildProduction();
try {
	await report( production.build );
	const world = await openWorld( { version: VERSION, zip: production.zip } );
	try {
		await writeFile( join( world.site.dir, 'wp-content/mu-plugins/smi-empty.php' ), EMPTY );
		await measure( world );
	} finally {
		await world.stop();
	}
} finally {
	await production.remove();
}

async function report( build: string ): Promise< void > {
	const script = gzipSync( await readFile( join( build, 'jobs/index.js' ) ) ).length / 1000;
	console.log( `The entry script: ${ script.toFixed( 1 ) } kB gzipped of 360 allowed` );
}

async function measure( world: World ): Promise< void > {
	const jobs = `${ world.site.url }/wp-admin/admin.php?page=smi-jobs`;
	const empty = `${ world.site.url }/wp-admin/admin.php?page=smi-empty`;
	console.log(
		`WordPress ${ world.site.version }, ${ LOADS } loads each, load average before: ${ loadavg()[ 0 ]?.toFixed( 2 ) }`
	);
	await loads( world, jobs, true, 2 );
	await loads( world, empty, false, 2 );
	const bare = await loads( world, empty, false, LOADS );
	const warm = await loads( world, jobs, true, LOADS );
	const cold = await coldLoads( world, jobs, LOADS );
	show( 'Jobs screen, scripts in the browser’s cache', warm, bare );
	show( 'Jobs screen, nothing in the cache', cold, bare );
	console.log(
		`\nAn empty page of the administration\n${ line(
			'  load',
			bare.map( ( { load } ) => load )
		) }`
	);
	await poll( world, jobs );
	console.log( `\nLoad average after: ${ loadavg()[ 0 ]?.toFixed( 2 ) }` );
}

async function loads( world: World, url: string, hasRows: boolean, count: number ): Promise< Load[] > {
	const found: Load[] = [];
	for ( let at = 0; at < count; at++ ) {
		const page = await world.owner();
		found.push( await timeLoad( page, url, hasRows ) );
		await page.close();
	}
	return found;
}

async function coldLoads( world: World, url: string, count: number ): Promise< Load[] > {
	const owner = await world.owner();
	const storageState = await owner.context().storageState();
	await owner.close();
	const found: Load[] = [];
	for ( let at = 0; at < count; at++ ) {
		const context = await world.browser.newContext( { storageState, viewport: { width: 1440, height: 900 } } );
		found.push( await timeLoad( await context.newPage(), url, true ) );
		await context.close();
	}
	return found;
}

function show( title: string, found: Load[], bare: Load[] ): void {
	const after = found.map( ( { row, load } ) => Math.max( 0, row - load ) );
	const ratio = median( found.map( ( { row } ) => row ) ) / median( bare.map( ( { load } ) => load ) );
	const asked = [ ...new Set( found.flatMap( ( { requests } ) => requests ) ) ];
	const ours = asked.filter( ( path ) => path.startsWith( '/smi/' ) );
	const others = asked.filter( ( path ) => ! path.startsWith( '/smi/' ) );
	console.log(
		[
			`\n${ title }`,
			line(
				'  first byte',
				found.map( ( { ttfb } ) => ttfb )
			),
			line(
				'  load event',
				found.map( ( { load } ) => load )
			),
			line(
				'  first row painted',
				found.map( ( { row } ) => row )
			),
			`${ line( '  first row after the load event', after ) }   (budget 300 ms)`,
			`  first row ÷ load of an empty page             ${ ratio.toFixed( 2 ) }`,
			line(
				'  over the wire until then (nothing compressed)',
				found.map( ( { bytes } ) => bytes / 1000 ),
				'kB'
			),
			`  REST requests of ours before the first row: ${ ours.join( ', ' ) || 'none' } (of WordPress: ${
				others.join( ', ' ) || 'none'
			})`,
		].join( '\n' )
	);
}

async function poll( world: World, url: string ): Promise< void > {
	const page = await world.owner();
	await timeLoad( page, url, true );
	await page.waitForLoadState( 'networkidle' );
	const { requests, bytes } = await listen( page, LISTEN_SECONDS );
	console.log(
		`\nAn open screen on which nothing happens, ${ LISTEN_SECONDS } s: ${ requests.length } REST requests, ${ (
			bytes / 1000
		).toFixed( 1 ) } kB in all\n  ${ requests.map( ( path ) => path.slice( 0, 110 ) ).join( '\n  ' ) }`
	);
	await page.close();
}
