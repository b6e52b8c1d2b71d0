/** Every state that the Jobs screen can be in, and the way into it. */
import type { Page } from 'playwright-core';
import { dialogOf, footerOf, idsWhere, openJobs, panelOf, rowsOf } from '../support/look.ts';
import type { World } from '../support/world.ts';
import { STATES_OF_MANY } from './quality-many.ts';

export interface State {
	name: string;
	/** What axe looks at. */
	within: string;
	enter: ( world: World, page: Page ) => Promise< unknown >;
	width?: number;
}

const SCREEN = '.smi-jobs';
const DIALOG = '.components-modal__frame';
const LIST = /\/smi\/v1\/jobs\?/;

const tabsOf = ( page: Page ) => page.getByRole( 'navigation', { name: 'Jobs by status' } ).getByRole( 'link' );

/** A paid job with its picture, nothing wrong with it. */
export const openPaidJob = async ( world: World, page: Page ) => {
	const [ id ] = await idsWhere(
		world,
		"status = 'completed' AND payment_status = 'paid' AND attention IS NULL AND source_type = 'upsampler'"
	);
	await openJobs( world, page, `&status=completed&job=${ id }` );
	await panelOf( page ).getByRole( 'heading', { name: 'Money' } ).waitFor();
};

const openAction = async ( world: World, page: Page, name: RegExp ) => {
	await openPaidJob( world, page );
	const button = panelOf( page ).getByRole( 'button', { name } ).first();
	if ( ! ( await button.isVisible() ) ) {
		await panelOf( page ).getByRole( 'button', { name: 'More actions' } ).click();
		await page.getByRole( 'menuitem', { name } ).click();
	} else {
		await button.click();
	}
	await page.getByRole( 'dialog' ).waitFor();
};

const select = async ( world: World, page: Page, place = '' ) => {
	await openJobs( world, page, place );
	await rowsOf( page ).first().getByRole( 'checkbox' ).check();
	await page.getByRole( 'region', { name: 'Selected jobs' } ).getByRole( 'button' ).first().waitFor();
};

/** Answers the list's next question so. */
const answerList = ( page: Page, status: number, body: unknown ) =>
	page.route( LIST, ( route ) =>
		route.fulfill( {
			status,
			json: body,
			headers: { 'x-wp-total': '0', 'x-wp-totalpages': '0' },
		} )
	);

const answered = async ( world: World, page: Page, status: number, body: unknown ) => {
	await openJobs( world, page );
	await answerList( page, status, body );
	await tabsOf( page ).filter( { hasText: 'Failed' } ).click();
	await page
		.getByText( /could not be loaded|may not see/ )
		.first()
		.waitFor();
};

/** Goes through all tabs, with nothing in any of them. */
export async function eachEmptyTab( world: World, page: Page, look: ( tab: string ) => Promise< void > ) {
	// A page that no tab leads to: rows seen a moment ago are shown again without a question.
	await openJobs( world, page, '&paged=2' );
	await answerList( page, 200, [] );
	for ( const tab of ( await tabsOf( page ).all() ).reverse() ) {
		await tab.click();
		await page.locator( '.smi-blank' ).waitFor();
		await look( await tab.innerText() );
	}
}

const refusal = ( code: string, status: number ) => ( { code, message: 'Not now.', data: { status } } );

export const STATES: State[] = [
	{ name: 'the list', within: SCREEN, enter: ( world, page ) => openJobs( world, page ) },
	{
		name: 'nothing that matches',
		within: SCREEN,
		enter: async ( { site }, page ) => {
			await page.goto( `${ site.url }/wp-admin/admin.php?page=smi-jobs&s=nothing-has-such-a-title` );
			await page
				.getByText( /No jobs match/ )
				.first()
				.waitFor();
		},
	},
	{
		name: 'a list that could not be loaded',
		within: SCREEN,
		enter: ( world, page ) => answered( world, page, 500, refusal( 'internal_server_error', 500 ) ),
	},
	{
		name: 'a list that is forbidden',
		within: SCREEN,
		enter: ( world, page ) => answered( world, page, 403, refusal( 'rest_forbidden', 403 ) ),
	},
	{
		name: 'no connection',
		within: SCREEN,
		enter: async ( world, page ) => {
			await openJobs( world, page );
			await page.evaluate( () => {
				Object.defineProperty( window.navigator, 'onLine', { value: false, configurable: true } );
				window.dispatchEvent( new Event( 'offline' ) );
			} );
			await page
				.getByText( /^You are offline/ )
				.first()
				.waitFor();
		},
	},
	{
		name: 'the choice of filters, and one of them open',
		within: '.dataviews-filters__summary-popover',
		enter: async ( world, page ) => {
			await openJobs( world, page );
			await page.getByRole( 'button', { name: 'Add filter' } ).click();
			await page.getByRole( 'menuitem', { name: 'Payment' } ).click();
			await page.getByRole( 'option', { name: 'Refunded', exact: true } ).waitFor();
		},
	},
	{
		name: 'the view’s options',
		within: SCREEN,
		enter: async ( world, page ) => {
			await openJobs( world, page );
			await page.getByRole( 'button', { name: 'View options' } ).click();
			await page.getByText( 'Density' ).waitFor();
		},
	},
	{
		name: 'saved views',
		within: SCREEN,
		enter: async ( world, page ) => {
			await openJobs( world, page );
			await page.getByRole( 'button', { name: 'Views', exact: true } ).click();
			await page.getByRole( 'menuitem' ).or( page.getByRole( 'menuitemradio' ) ).first().waitFor();
		},
	},
	{ name: 'a selection', within: SCREEN, enter: ( world, page ) => select( world, page ) },
	{
		name: 'what many jobs would cost',
		within: DIALOG,
		enter: async ( world, page ) => {
			await select( world, page, '&status=completed&payment=paid' );
			await page
				.getByRole( 'region', { name: 'Selected jobs' } )
				.getByRole( 'button', { name: /^Make again/ } )
				.click();
			await dialogOf( page, /again/ )
				.getByRole( 'button', { name: /^Make 1 image again/ } )
				.waitFor();
		},
	},
	{
		name: 'a row’s menu',
		within: '[role="menu"]:not(#wpadminbar [role="menu"])',
		enter: async ( world, page ) => {
			await openJobs( world, page );
			await rowsOf( page ).first().getByRole( 'button', { name: 'Actions' } ).click();
			await page.getByRole( 'menuitem' ).first().waitFor();
		},
	},
	{ name: 'a job', within: SCREEN, enter: openPaidJob },
	{
		name: 'a job that there is not',
		within: SCREEN,
		enter: async ( world, page ) => {
			await openJobs( world, page, '&job=00000000-0000-4000-8000-000000000000' );
			await page.getByText( 'No job has this number.' ).waitFor();
		},
	},
	{ name: 'a new image', within: DIALOG, enter: ( world, page ) => openAction( world, page, /^Make again/ ) },
	{ name: 'a new link', within: DIALOG, enter: ( world, page ) => openAction( world, page, /^New download link/ ) },
	{ name: 'another status', within: DIALOG, enter: ( world, page ) => openAction( world, page, /^Set status/ ) },
	{
		name: 'a refund that was refused',
		within: DIALOG,
		enter: async ( world, page ) => {
			await openAction( world, page, /^Refund/ );
			await page.route( /\/smi\/v1\/jobs\/[^/]+\/refunds/, ( route ) =>
				route.fulfill( { status: 503, json: refusal( 'smi_bridge_unreachable', 503 ) } )
			);
			await page
				.getByRole( 'dialog' )
				.getByRole( 'button', { name: /^Refund/ } )
				.click();
			await page.getByRole( 'dialog' ).locator( '.smi-inline-error' ).waitFor();
		},
	},
	{
		name: 'a refund of an amount that is none',
		within: DIALOG,
		enter: async ( world, page ) => {
			await openAction( world, page, /^Refund/ );
			const dialog = page.getByRole( 'dialog' );
			await dialog.getByRole( 'radio', { name: 'Part of it' } ).check();
			await dialog.getByLabel( /^Amount in/ ).fill( 'half' );
			await dialog.getByRole( 'button', { name: /^Refund/ } ).click();
			await dialog
				.locator( '.smi-inline-error' )
				.getByText( /^Type an amount/ )
				.waitFor();
		},
	},
	{
		name: 'the report, as charts and as tables',
		within: SCREEN,
		enter: async ( world, page ) => {
			await openJobs( world, page );
			await page.getByRole( 'button', { name: 'Report', exact: true } ).click();
			const tables = page.getByRole( 'button', { name: /^Show table/ } );
			await tables.first().waitFor();
			while ( await tables.count() ) {
				await tables.first().click();
			}
		},
	},
	{
		name: 'an export',
		within: DIALOG,
		enter: async ( world, page ) => {
			await openJobs( world, page );
			await page.getByRole( 'button', { name: 'Export…' } ).first().click();
			await dialogOf( page, 'Export jobs' ).getByRole( 'checkbox' ).first().waitFor();
		},
	},
	{
		name: 'help',
		within: '#wpbody-content',
		enter: async ( world, page ) => {
			await openJobs( world, page );
			await page.getByRole( 'button', { name: 'Help' } ).click();
			await page.getByText( /A job is one customer/ ).waitFor();
		},
	},
	{
		name: 'a telephone’s list',
		within: SCREEN,
		width: 390,
		enter: ( world, page ) => openJobs( world, page ),
	},
	{
		name: 'a telephone’s job',
		within: SCREEN,
		width: 390,
		enter: async ( world, page ) => {
			await openPaidJob( world, page );
			await footerOf( page ).waitFor( { state: 'attached' } );
		},
	},
	{
		name: 'the settings',
		within: '.smi-settings',
		enter: async ( { site }, page ) => {
			await page.goto( `${ site.url }/wp-admin/admin.php?page=smi-settings` );
			await page.getByRole( 'button', { name: 'Save', exact: true } ).waitFor();
		},
	},
	...STATES_OF_MANY,
];
