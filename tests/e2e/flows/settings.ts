/** The owner sets the shop up. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { assertAccessible, openJobs, picture } from '../support/look.ts';
import type { World } from '../support/world.ts';
import { openOffers } from './buyer.ts';

async function openSettings( { site }: World, page: Page ): Promise< void > {
	await page.goto( `${ site.url }/wp-admin/admin.php?page=smi-settings` );
	await page.getByRole( 'button', { name: 'Save', exact: true } ).waitFor();
}

const priceIn = ( page: Page ) => page.getByLabel( 'Price of 4 times the size, in USD' );

export function settingsTests( world: () => World ): void {
	test( 'the settings say that the bridge is connected, in test mode', async () => {
		const page = await world().owner();
		await openSettings( world(), page );
		await page.getByText( 'Connected', { exact: true } ).waitFor();
		await page.getByText( 'Test mode: no real money' ).waitFor();
		await assertAccessible( page, '.smi-settings' );
		await picture( page, 'settings' );
		await page.close();
	} );

	test( 'a wrong price is refused at its field, and a right one is what the next buyer sees', async () => {
		const page = await world().owner();
		await openSettings( world(), page );
		await priceIn( page ).fill( '-3' );
		await page.getByRole( 'button', { name: 'Save', exact: true } ).click();
		await page.getByText( 'Nothing was saved yet. Please correct the marked fields.' ).waitFor();
		assert.equal( await priceIn( page ).getAttribute( 'aria-invalid' ), 'true' );
		assert.equal( await page.locator( '.smi-field.has-error' ).count(), 1 );
		assert.ok( await priceIn( page ).evaluate( ( node ) => node === document.activeElement ) );
		await assertAccessible( page, '.smi-settings' );
		await priceIn( page ).fill( '6.25' );
		await page.getByRole( 'button', { name: 'Save', exact: true } ).click();
		await page.locator( '.smi-snackbars' ).getByText( 'Settings saved.' ).waitFor();
		await page.close();
		const buyer = await world().visit();
		const dialog = await openOffers( buyer, world() );
		await dialog.getByText( '$6.25' ).waitFor();
		await buyer.context().close();
	} );

	test( 'without a bridge the Jobs screen says so, with the way to connect one', async () => {
		await world().site.wp( `
			foreach ( array_keys( wp_load_alloptions() ) as $name ) {
				str_starts_with( $name, 'smi_bridge' ) && delete_option( $name );
			}
			global $wpdb;
			foreach ( $wpdb->get_col( "SELECT option_name FROM $wpdb->options WHERE option_name LIKE 'smi\\\\_bridge%'" ) as $name ) {
				delete_option( $name );
			}` );
		const page = await world().owner();
		await openJobs( world(), page );
		await page
			.locator( '.smi-jobs__notices' )
			.getByText( 'No bridge is connected yet, so nothing can be sold.' )
			.waitFor();
		await page.getByRole( 'link', { name: 'Connect a bridge' } ).click();
		await page.getByRole( 'button', { name: 'Connect a bridge' } ).waitFor();
		await page.close();
	} );
}
