/** The owner takes jobs away as a file. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { assertAccessible, countIn, dialogOf, idsIn, openJobs, picture, rowsOf, snackbarOf } from '../support/look.ts';
import type { World } from '../support/world.ts';

/** Cells that a spreadsheet would calculate. */
const FORMULA = /^[=+\-@\t\r]/;

/** RFC 4180, as a spreadsheet reads it. */
function parseCsv( text: string ): string[][] {
	const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/y;
	const rows: string[][] = [];
	for ( let row: string[] = []; cell.lastIndex < text.length; ) {
		const found = cell.exec( text );
		assert.ok( found, 'The file is no CSV.' );
		row.push( found[ 1 ]?.replaceAll( '""', '"' ) ?? found[ 2 ] ?? '' );
		if ( found[ 3 ] !== ',' ) {
			rows.push( row );
			row = [];
		}
	}
	return rows;
}

async function exported( page: Page ): Promise< { name: string; rows: Record< string, string >[] } > {
	const dialog = dialogOf( page, 'Export jobs' );
	const coming = page.waitForEvent( 'download' );
	await dialog.getByRole( 'button', { name: /^Export \d/ } ).click();
	const download = await coming;
	const text = await readFile( await download.path(), 'utf8' );
	assert.ok( text.startsWith( '\uFEFF' ), 'A spreadsheet would not take it for UTF-8.' );
	const [ head = [], ...lines ] = parseCsv( text.slice( 1 ) );
	await snackbarOf( page, /saved as/ )
		.first()
		.waitFor();
	await dialog.waitFor( { state: 'detached' } );
	return {
		name: download.suggestedFilename(),
		rows: lines.map( ( line ) => Object.fromEntries( head.map( ( name, i ) => [ name, line[ i ] ?? '' ] ) ) ),
	};
}

export function exportTests( world: () => World ): void {
	test( 'what a filter finds comes as a file that opens in a spreadsheet', async () => {
		const page = await world().owner();
		await openJobs( world(), page, '&status=completed' );
		const total = await countIn( page );
		await page.getByRole( 'button', { name: 'Export…', exact: true } ).click();
		const dialog = dialogOf( page, 'Export jobs' );
		await dialog.getByText( `${ total } jobs: status “Completed”` ).waitFor();
		await dialog.getByRole( 'button', { name: 'All columns' } ).click();
		await assertAccessible( page, '.smi-export' );
		await picture( page, 'export' );
		const { name, rows } = await exported( page );
		assert.match( name, /^jobs-[a-z0-9-]+-\d{4}-\d\d-\d\d\.csv$/ );
		assert.equal( rows.length, total );
		assert.ok( rows.every( ( row ) => row[ 'status' ] === 'completed' ) );
		const texts = [ 'email', 'post_title', 'failure_reason', 'refund_reason' ];
		assert.ok( rows.every( ( row ) => texts.every( ( column ) => ! FORMULA.test( row[ column ] ?? '' ) ) ) );
		const times = rows.map( ( row ) => row[ 'created_at' ] ?? '' );
		assert.deepEqual( times, [ ...times ].sort(), 'Oldest first.' );
		await page.close();
	} );

	test( 'a selection comes as a file of just these jobs', async () => {
		const page = await world().owner();
		await openJobs( world(), page );
		const ids = ( await idsIn( page ) ).slice( 0, 2 );
		for ( const at of [ 0, 1 ] ) {
			await rowsOf( page ).nth( at ).getByRole( 'checkbox' ).check();
		}
		await page.getByRole( 'region', { name: 'Selected jobs' } ).getByRole( 'button', { name: 'Export…' } ).click();
		await dialogOf( page, 'Export jobs' ).getByText( '2 selected jobs' ).waitFor();
		await dialogOf( page, 'Export jobs' ).getByRole( 'button', { name: 'For bookkeeping' } ).click();
		const { rows } = await exported( page );
		assert.deepEqual( rows.map( ( row ) => row[ 'job_id' ] ).sort(), [ ...ids ].sort() );
		await page.close();
	} );
}
