/** The Jobs screen at a glance, on a site that is not the main one: everything opens and does its first thing. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { countIn, dialogOf, openerIn, openJobs, panelOf, rowsOf, snackbarOf, waitForCount } from '../support/look.ts';
import type { Visitors } from '../support/browser.ts';

interface Smoked extends Pick< Visitors, 'owner' > {
	site: { url: string };
}

const tabs = ( page: Page ) => page.getByRole( 'navigation', { name: 'Jobs by status' } );

/** The number in a tab. */
const inTab = async ( page: Page, label: string ) =>
	Number( ( await tabs( page ).getByRole( 'link', { name: label } ).innerText() ).replace( /\D/g, '' ) );

/** The sandbox is slow. */
const SECONDS = 60;

export function smokeTests( world: () => Smoked ): void {
	test( 'the list has its rows, its tabs count them, and a filter narrows them', async () => {
		const page = await world().owner();
		await openJobs( world(), page );
		const all = await countIn( page );
		assert.ok( all >= 200, `${ all } jobs` );
		assert.equal( await inTab( page, 'All' ), all );
		await tabs( page )
			.getByRole( 'link', { name: /^Failed/ } )
			.click();
		await waitForCount( page, await inTab( page, 'Failed' ), SECONDS );
		await tabs( page ).getByRole( 'link', { name: /^All/ } ).click();
		await waitForCount( page, all, SECONDS );
		await page.getByRole( 'button', { name: 'Add filter' } ).click();
		await page.getByRole( 'menuitem', { name: 'Payment' } ).click();
		await page.getByRole( 'option', { name: 'Refunded', exact: true } ).click();
		await page.waitForURL( /payment=refunded/ );
		await page.keyboard.press( 'Escape' );
		assert.ok( ( await rowsOf( page ).count() ) > 0 );
	} );

	test( 'a job opens beside the list with its picture, its story and its money', async () => {
		const page = await world().owner();
		await openJobs( world(), page, '&status=completed' );
		await openerIn( page ).first().click();
		for ( const part of [ 'What happened', 'Money', 'Customer', 'Attempts' ] ) {
			await panelOf( page ).getByRole( 'heading', { name: part } ).waitFor();
		}
		await panelOf( page ).getByRole( 'img' ).first().waitFor();
	} );

	test( 'a view is saved, an action says what it would do, the report opens, and a file comes', async () => {
		const page = await world().owner();
		await openJobs( world(), page, '&status=failed' );
		await page.getByRole( 'button', { name: 'Views' } ).click();
		await page.getByRole( 'menuitem', { name: /^Save/ } ).click();
		const save = dialogOf( page, 'Save this view' );
		await save.getByLabel( 'Name' ).fill( 'What failed' );
		await save.getByRole( 'button', { name: 'Save view' } ).click();
		await snackbarOf( page, /“What failed” is saved/ )
			.first()
			.waitFor();

		const isPaidBack = /−\S+ refunded/;
		for ( const row of [
			rowsOf( page ).filter( { hasText: isPaidBack } ),
			rowsOf( page ).filter( { hasNotText: isPaidBack } ),
		] ) {
			await row.first().getByRole( 'checkbox' ).click();
		}
		await page.getByRole( 'button', { name: 'Make again…' } ).click();
		const again = dialogOf( page, 'Make the selected images again' );
		await again.getByRole( 'checkbox', { name: 'Also jobs that were refunded' } ).check();
		await again.getByText( /images? will be made again/ ).waitFor();
		await page.keyboard.press( 'Escape' );
		await again.waitFor( { state: 'detached' } );

		await page.getByRole( 'button', { name: 'Report', exact: true } ).click();
		await page
			.getByRole( 'region', { name: 'Report' } )
			.getByText( /Charged/ )
			.first()
			.waitFor();
		await page.getByRole( 'button', { name: 'Export…' } ).first().click();
		const [ file ] = await Promise.all( [
			page.waitForEvent( 'download' ),
			dialogOf( page, 'Export jobs' )
				.getByRole( 'button', { name: /^Export \d/ } )
				.click(),
		] );
		const lines = ( await readFile( await file.path(), 'utf8' ) ).trim().split( '\n' );
		assert.equal( lines.length, ( await countIn( page ) ) + 1 );
	} );
}
