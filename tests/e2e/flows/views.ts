/** The owner keeps views of the list. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import {
	arrowTo,
	assertAccessible,
	countWhere,
	dialogOf,
	openJobs,
	picture,
	snackbarOf,
	waitForCount,
} from '../support/look.ts';
import { until } from '../../helpers/until.ts';
import type { World } from '../support/world.ts';
import { otherMachine } from './jobs-list.ts';

const menuButton = ( page: Page ) => page.getByRole( 'button', { name: /^Views$|^View: / } );

const choose = async ( page: Page, role: 'menuitem' | 'menuitemradio', name: string ) => {
	await menuButton( page ).click();
	await page.getByRole( role, { name } ).click();
};

const saveAs = async ( page: Page, name: string ) => {
	await choose( page, 'menuitem', 'Save this view…' );
	const dialog = dialogOf( page, 'Save this view' );
	await dialog.getByRole( 'textbox', { name: 'Name' } ).fill( name );
	await dialog.getByRole( 'button', { name: 'Save view' } ).click();
	await dialog.waitFor( { state: 'detached' } );
};

export function viewsTests( world: () => World ): void {
	test( 'ready-made views open by keyboard, and Back undoes them', async () => {
		const page = await world().owner();
		await openJobs( world(), page );
		await menuButton( page ).focus();
		await page.keyboard.press( 'Enter' );
		await page.getByRole( 'menuitemradio', { name: 'All jobs' } ).waitFor();
		await assertAccessible( page, '.components-popover' );
		await picture( page, 'jobs-views' );
		await arrowTo( page, page.getByRole( 'menuitemradio' ).nth( 1 ) );
		await page.keyboard.press( 'Enter' );
		await page.waitForURL( /status=attention/ );
		await waitForCount( page, await countWhere( world(), 'attention IS NOT NULL' ) );
		await page.goBack();
		await until( 'all jobs again', 10, async () => ! /status=/.test( page.url() ) );
		await choose( page, 'menuitemradio', 'Failed jobs of yesterday' );
		await page.waitForURL( /status=failed&created=yesterday/ );
		await waitForCount(
			page,
			await countWhere(
				world(),
				"status = 'failed' AND DATE( created_at ) = DATE( UTC_TIMESTAMP() - INTERVAL 1 DAY )"
			)
		);
		await page.close();
	} );

	test( 'a view of one’s own is there in a second browser, says when it was left, is updated, renamed and deleted with an undo', async () => {
		const name = `Failures ${ process.pid }`;
		const renamed = `Done ${ process.pid }`;
		const page = await world().owner();
		await openJobs(
			world(),
			page,
			'&status=failed&orderby=email&order=asc&columns=status,email,paid_at&per_page=50'
		);
		await saveAs( page, name );
		await page.getByRole( 'button', { name: `View: ${ name }`, exact: true } ).waitFor();
		// Core sends preferences some seconds after the last change.
		await page.waitForTimeout( 4000 );

		const context = await otherMachine( world(), page );
		const other = await context.newPage();
		await openJobs( world(), other );
		await choose( other, 'menuitemradio', name );
		await other.waitForURL( /status=failed/ );
		await waitForCount( other, await countWhere( world(), "status = 'failed'" ) );
		await other.getByRole( 'columnheader', { name: 'Paid' } ).waitFor();
		assert.match( other.url(), /orderby=email&order=asc/ );
		await context.close();

		await page.getByRole( 'link', { name: /^Completed/ } ).click();
		await page.getByRole( 'button', { name: `View: ${ name } (changed)` } ).waitFor();
		await page.reload();
		await page.getByRole( 'button', { name: `View: ${ name } (changed)` } ).waitFor();
		await choose( page, 'menuitem', `Update “${ name }”` );
		await page.getByRole( 'button', { name: `View: ${ name }`, exact: true } ).waitFor();

		await choose( page, 'menuitem', 'Rename or delete views…' );
		const dialog = dialogOf( page, 'My views' );
		await assertAccessible( page, '.smi-my-views' );
		await dialog.getByRole( 'button', { name: `Rename “${ name }”` } ).click();
		await page.keyboard.press( 'Control+A' );
		await page.keyboard.type( renamed );
		await page.keyboard.press( 'Enter' );
		await dialog.getByRole( 'button', { name: `Delete “${ renamed }”` } ).click();
		await dialog.waitFor( { state: 'detached' } );
		await snackbarOf( page, /deleted. No job was touched/ ).waitFor();
		await page.getByRole( 'button', { name: 'Undo' } ).click();
		await page.getByRole( 'button', { name: `View: ${ renamed }`, exact: true } ).waitFor();
		await choose( page, 'menuitem', 'Rename or delete views…' );
		await dialog.getByRole( 'button', { name: `Delete “${ renamed }”` } ).click();
		await page.waitForTimeout( 4000 );
		await page.close();
	} );

	test( 'a view needs a name that is not taken yet', async () => {
		const page = await world().owner();
		await openJobs( world(), page );
		await choose( page, 'menuitem', 'Save this view…' );
		const dialog = dialogOf( page, 'Save this view' );
		await dialog.getByRole( 'button', { name: 'Save view' } ).click();
		await dialog.getByText( 'Give the view a name.' ).waitFor();
		await assertAccessible( page, '.smi-dialog' );
		await page.keyboard.press( 'Escape' );
		await dialog.waitFor( { state: 'detached' } );
		await page.close();
	} );
}
