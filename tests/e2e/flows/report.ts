/** The owner looks at the report. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { assertAccessible, openJobs, picture, rest } from '../support/look.ts';
import type { World } from '../support/world.ts';

interface Row {
	currency: string;
	jobs: number;
	paid: number;
	charged: string;
	refunded: string;
}

const reportOf = ( page: Page ) => page.getByRole( 'region', { name: 'Report' } );

const tileOf = ( page: Page, label: string ) =>
	reportOf( page )
		.locator( 'dl > div' )
		.filter( { has: page.getByText( label, { exact: true } ) } );

const cents = ( amount: string ) => Number( amount.replace( '.', '' ) );

const dollars = ( units: number ) =>
	new Intl.NumberFormat( 'en-US', { style: 'currency', currency: 'USD' } ).format( units / 100 );

const sum = ( rows: Row[], what: ( row: Row ) => number ) => rows.reduce( ( all, row ) => all + what( row ), 0 );

export function reportTests( world: () => World ): void {
	test( 'the report has the figures of the API, survives a reload, and shows its numbers as a table', async () => {
		const page = await world().owner();
		await openJobs( world(), page, '&status=completed' );
		await page.getByRole( 'button', { name: 'Report', exact: true } ).click();
		await page.waitForURL( /report=1/ );
		await tileOf( page, 'Charged' ).waitFor();
		const { report } = await rest< { report: Row[] } >(
			world(),
			page,
			'GET',
			'/smi/v1/jobs/stats?report=1&status[]=completed'
		);
		const rows = report.filter( ( { currency } ) => currency === 'USD' );
		const charged = dollars( sum( rows, ( row ) => cents( row.charged ) ) );
		assert.equal( await tileOf( page, 'Charged' ).locator( 'strong' ).innerText(), charged );
		assert.equal(
			await tileOf( page, 'Refunded' ).locator( 'strong' ).innerText(),
			dollars( sum( rows, ( row ) => cents( row.refunded ) ) )
		);
		assert.equal(
			await tileOf( page, 'Bought' ).locator( 'small' ).innerText(),
			`${ sum( rows, ( row ) => row.paid ) } of ${ sum( rows, ( row ) => row.jobs ) } checkouts`
		);
		await page.getByRole( 'combobox', { name: 'Bars' } ).selectOption( 'month' );
		await page.waitForURL( /by=month/ );
		await page.reload();
		await tileOf( page, 'Charged' ).waitFor();
		await page.getByRole( 'button', { name: 'Show table: Where the money goes' } ).click();
		const table = page.getByRole( 'table', { name: 'Where the money goes' } );
		assert.equal( await table.locator( 'tfoot td' ).first().innerText(), charged );
		await assertAccessible( page, '.smi-report' );
		await picture( page, 'report' );
		await page.getByRole( 'button', { name: 'Report', exact: true } ).click();
		await reportOf( page ).waitFor( { state: 'detached' } );
		await page.close();
	} );
}
