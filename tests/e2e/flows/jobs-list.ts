/** The owner finds jobs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { assertAccessible, openJobs, panelOf, picture } from '../support/look.ts';
import { until, type World } from '../support/world.ts';
import { BUYER } from './buyer.ts';

const footer = ( page: Page ) => page.getByText( /^\d[\d,]* jobs? · times in/ );

const rows = ( page: Page ) => page.locator( 'tbody tr' );

const waitForCount = ( page: Page, count: number ) =>
	until( `${ count } jobs`, 15, async () => ( await footer( page ).innerText() ).startsWith( `${ count } job` ) );

const idsIn = ( page: Page ) =>
	page
		.locator( 'tbody a[data-open]:not([tabindex="-1"])' )
		.evaluateAll( ( links ) => links.map( ( link ) => link.getAttribute( 'data-open' ) ) );

const countWhere = async ( { site }: World, condition: string ) =>
	Number(
		await site.wp(
			`global $wpdb; echo $wpdb->get_var( "SELECT COUNT(*) FROM {$wpdb->prefix}smi_jobs WHERE ${ condition }" );`
		)
	);

export function jobsListTests( world: () => World ): void {
	test( 'every tab says how many jobs it has, and has them', async () => {
		const page = await world().owner();
		await openJobs( world(), page );
		const tabs = page.getByRole( 'navigation', { name: 'Jobs by status' } );
		for ( const [ label, where ] of [
			[ 'All', '1 = 1' ],
			[ 'Needs attention', 'attention IS NOT NULL' ],
			[ 'Completed', "status = 'completed'" ],
			[ 'Failed', "status = 'failed'" ],
		] as const ) {
			const count = await countWhere( world(), where );
			await tabs
				.getByRole( 'link', { name: `${ label } ${ count.toLocaleString( 'en' ) }`, exact: true } )
				.click();
			await waitForCount( page, count );
		}
		await page.close();
	} );

	test( 'a search by e-mail finds the sale of that buyer', async () => {
		const page = await world().owner();
		await openJobs( world(), page );
		await page.getByRole( 'searchbox', { name: 'Search jobs' } ).fill( BUYER );
		await waitForCount( page, 1 );
		assert.match( await rows( page ).innerText(), new RegExp( `Completed[\\s\\S]*${ BUYER }` ) );
		await page.close();
	} );

	test( 'filters, order and page stand in the address, survive a reload, and Back undoes an opened job', async () => {
		const page = await world().owner();
		await openJobs( world(), page );
		await assertAccessible( page, '.smi-jobs' );
		await page.getByRole( 'button', { name: 'Charged', exact: true } ).click();
		await page.getByRole( 'menuitemradio', { name: 'Sort ascending' } ).click();
		await page.waitForURL( /orderby=amount_charged/ );
		await page.keyboard.press( 'Escape' );
		await page.getByRole( 'menuitemradio' ).first().waitFor( { state: 'detached' } );
		await page.waitForLoadState( 'networkidle' );
		const first = await idsIn( page );
		await page.getByRole( 'button', { name: 'Next page' } ).click();
		await page.waitForURL( /paged=2/ );
		const second = await until( 'another page', 10, async () => {
			const ids = await idsIn( page );
			return ids[ 0 ] !== first[ 0 ] && ids;
		} );
		assert.ok( second.every( ( id ) => ! first.includes( id ) ) );
		await page.reload();
		await footer( page ).waitFor();
		assert.deepEqual( await idsIn( page ), second );
		await rows( page ).first().getByRole( 'link' ).first().click();
		await panelOf( page ).waitFor();
		await page.goBack();
		await panelOf( page ).waitFor( { state: 'detached' } );
		await page.close();
	} );

	test( 'a filter by payment shows only such jobs', async () => {
		const page = await world().owner();
		await openJobs( world(), page );
		await page.getByRole( 'button', { name: 'Add filter' } ).click();
		await page.getByRole( 'menuitem', { name: 'Payment' } ).click();
		await page.getByRole( 'option', { name: 'Refunded', exact: true } ).click();
		await page.waitForURL( /payment=refunded/ );
		await waitForCount( page, await countWhere( world(), "payment_status = 'refunded'" ) );
		await page.close();
	} );

	test( 'a job opens beside the list with its story; Escape closes it and gives the focus back; its address opens it again', async () => {
		const page = await world().owner();
		await openJobs( world(), page );
		const link = rows( page ).filter( { hasText: BUYER } ).locator( 'a[data-open]:not([tabindex="-1"])' );
		await link.focus();
		await page.keyboard.press( 'Enter' );
		const panel = panelOf( page );
		await panel.getByText( 'The image is ready and the customer has the link.' ).waitFor();
		for ( const part of [ 'What happened', 'Money', 'Customer', 'Attempts' ] ) {
			assert.equal( await panel.getByRole( 'heading', { name: part } ).count(), 1, part );
		}
		await panel.getByRole( 'img' ).first().waitFor();
		await assertAccessible( page, '.smi-panel' );
		await page.waitForLoadState( 'networkidle' );
		await picture( page, 'jobs' );
		const address = page.url();
		assert.match( address, /[?&]job=[0-9a-f-]{36}/ );
		await page.keyboard.press( 'Escape' );
		await panel.waitFor( { state: 'detached' } );
		await until( 'the focus is back', 5, () => link.evaluate( ( node ) => node === document.activeElement ) );
		await page.goto( address );
		await panelOf( page ).getByText( BUYER ).first().waitFor();
		await page.close();
	} );

	test( 'on a phone the list can be read and a job opened', async () => {
		const page = await world().owner();
		await page.setViewportSize( { width: 390, height: 844 } );
		await openJobs( world(), page );
		const wide = await page.evaluate( () => document.documentElement.scrollWidth );
		assert.ok( wide <= 390, `The page is ${ wide } pixels wide.` );
		await picture( page, 'phone-list' );
		await page.getByRole( 'row' ).or( page.getByRole( 'gridcell' ) ).first().click();
		await panelOf( page ).getByRole( 'heading', { name: 'Money' } ).waitFor();
		await picture( page, 'phone-job' );
		await panelOf( page ).getByRole( 'button', { name: 'Close' } ).click();
		await panelOf( page ).waitFor( { state: 'detached' } );
		await page.close();
	} );
}
