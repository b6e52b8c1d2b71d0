/** The Jobs screen at a glance, on a site that is not the main one: everything opens and does its first thing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { countIn, openerIn, openJobs, panelOf, rowsOf, waitForCount } from '../support/look.ts';
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
}
