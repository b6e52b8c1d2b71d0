/** WordPress's command palette leads to jobs, and the Help tab explains them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { assertAccessible, idsWhere, openJobs, panelOf } from '../support/look.ts';
import type { World } from '../support/world.ts';

async function openPalette( page: Page, text: string ): Promise< void > {
	await page.keyboard.press( 'Control+k' );
	await page.getByRole( 'combobox' ).last().fill( text );
}

export function paletteTests( world: () => World ): void {
	test( 'the command palette leads to the jobs that need attention from anywhere in the admin', async () => {
		const page = await world().owner();
		await page.goto( `${ world().site.url }/wp-admin/index.php` );
		await page.locator( '#wpadminbar' ).getByText( 'Ctrl+K' ).waitFor();
		await openPalette( page, 'need attention' );
		await page.getByRole( 'option', { name: /^Go to jobs that need attention/ } ).click();
		await page.waitForURL( /page=smi-jobs&status=attention/ );
	} );

	test( 'a job is found by its number and opens beside the list', async () => {
		const page = await world().owner();
		const [ id = '' ] = await idsWhere( world(), "status = 'completed'" );
		await page.goto( `${ world().site.url }/wp-admin/edit.php` );
		await page.locator( '#wpadminbar' ).getByText( 'Ctrl+K' ).waitFor();
		await openPalette( page, id.slice( 0, 8 ) );
		await page.getByRole( 'option', { name: new RegExp( `^Job ${ id.slice( 0, 8 ) } · \\S+@` ) } ).click();
		await page.waitForURL( ( url ) => url.searchParams.get( 'job' ) === id );
		await panelOf( page ).getByRole( 'heading', { name: 'Money' } ).waitFor();
	} );

	test( 'the Help tab explains the screen and does not push it aside', async () => {
		const page = await world().owner();
		await openJobs( world(), page );
		const width = await page.locator( '.smi-jobs' ).evaluate( ( node ) => node.getBoundingClientRect().right );
		assert.equal( width, page.viewportSize()?.width );
		await page.getByRole( 'button', { name: 'Help', exact: true } ).click();
		for ( const name of [ 'Overview', 'Finding jobs', 'Actions and money', 'Keyboard' ] ) {
			await page.locator( '#contextual-help-wrap' ).getByRole( 'link', { name } ).click();
		}
		await page.getByText( 'next and previous job while one is open' ).waitFor();
		await assertAccessible( page, '#contextual-help-wrap' );
	} );
}
