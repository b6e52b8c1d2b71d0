import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

const SEEDS = Number( process.env.SMI_SEEDS ?? 300 );

test( `nothing is lost, paid twice or forgotten in ${ SEEDS } schedules of kills, lost answers and jumping clocks`, () => {
	const run = spawnSync(
		process.execPath,
		[ '--import', 'tsx', join( import.meta.dirname, 'cli.ts' ), `--seeds=${ SEEDS }` ],
		{ encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }
	);
	assert.equal( run.status, 0, run.stdout + run.stderr );
	const totals = run.stdout
		.split( '\n' )
		.filter( ( line ) => line.startsWith( '{"seeds"' ) )
		.map( ( line ) => JSON.parse( line ) as { seeds: number; deaths: number; phpKills: number; jobs: number } );
	const sum = ( name: 'seeds' | 'deaths' | 'phpKills' | 'jobs' ) =>
		totals.reduce( ( all, one ) => all + one[ name ], 0 );
	assert.equal( sum( 'seeds' ), SEEDS );
	assert.ok( sum( 'jobs' ) >= SEEDS, 'Each schedule is about a sale.' );
	assert.ok( sum( 'deaths' ) > SEEDS / 4, `Bridges died ${ sum( 'deaths' ) } times.` );
	assert.ok( sum( 'phpKills' ) > SEEDS / 20, `The site was killed ${ sum( 'phpKills' ) } times.` );
	console.log( run.stdout );
} );
