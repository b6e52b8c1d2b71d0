/** Everything by keyboard alone: nothing here ever touches the mouse. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import {
	arrowTo,
	countIn,
	dialogOf,
	idsIn,
	idsWhere,
	openerIn,
	openJob,
	openJobs,
	panelOf,
	rest,
	rowsOf,
	snackbarOf,
	untilFocused,
	untilRowsAre,
} from '../support/look.ts';
import { until } from '../../helpers/until.ts';
import type { World } from '../support/world.ts';
import { BUYER } from './buyer.ts';

/** More stops than any way on this screen takes: whoever needs more is caught in a trap. */
const MOST_STOPS = 70;

/** Stops of WordPress's own between its main content's start and the screen. */
const MOST_BEFORE = 3;

/** Jobs that nothing happened to, except the sale that other flows look at. */
const REFUNDABLE = `status = 'completed' AND payment_status = 'paid' AND attention IS NULL AND stripe_payment_intent_id IS NOT NULL AND COALESCE( refund_amount, 0 ) = 0 AND email <> '${ BUYER }'`;

/** Where the focus is, so that two stops are never the same; `outside` when it has left the screen. */
const PLACE_OF_FOCUS = `( () => {
	const at = document.activeElement;
	if ( ! at?.closest( '.smi-jobs' ) ) {
		return 'outside';
	}
	const number = [ ...document.querySelectorAll( '*' ) ].indexOf( at );
	return number + ' ' + ( at.getAttribute( 'aria-label' ) ?? at.labels?.[ 0 ]?.textContent ?? at.textContent ).trim();
} )()`;

/** Presses Tab until the focus leaves the screen, and tells what it passed. WordPress's Help comes before the screen. */
async function walk( page: Page ): Promise< string[] > {
	const seen: string[] = [];
	for ( let stops = 0; stops < 400; stops++ ) {
		await page.keyboard.press( 'Tab' );
		const now = await page.evaluate< string >( PLACE_OF_FOCUS );
		if ( now === 'outside' && ( seen.length || stops > MOST_BEFORE ) ) {
			return seen;
		}
		if ( now === 'outside' ) {
			continue;
		}
		assert.ok( ! seen.includes( now ), `Tab comes back to ${ now }.` );
		seen.push( now );
	}
	return assert.fail( 'Tab never leaves the screen.' );
}

async function assertOnTheWay( page: Page, names: string[] ): Promise< void > {
	const seen = await walk( page );
	for ( const name of names ) {
		assert.ok(
			seen.some( ( place ) => place.includes( name ) ),
			`${ name } is not on the way: ${ seen.join( ', ' ) }`
		);
	}
}

const hasFocus = ( target: Locator ) => target.evaluate( ( node ) => node === document.activeElement );

/** Presses Tab until the focus is there. */
export async function tabTo( page: Page, target: Locator, key = 'Tab' ): Promise< void > {
	await target.waitFor();
	for ( let stops = 0; stops < MOST_STOPS; stops++ ) {
		if ( await hasFocus( target ) ) {
			return;
		}
		await page.keyboard.press( key );
	}
	assert.fail( `${ target } is not reached by ${ key }.` );
}

export async function pressOn( page: Page, target: Locator, key = 'Enter', by = 'Tab' ): Promise< void > {
	await tabTo( page, target, by );
	await page.keyboard.press( key );
}

/** Past WordPress's menu, as its own first link offers. */
async function skipToContent( page: Page ): Promise< void > {
	await page.keyboard.press( 'Tab' );
	await page.keyboard.press( 'Enter' );
}

const focusedJob = ( page: Page ) =>
	page.evaluate( () => document.activeElement?.closest( '[data-open]' )?.getAttribute( 'data-open' ) ?? null );

const shownJob = ( page: Page ) => new URL( page.url() ).searchParams.get( 'job' );

export function keyboardTests( world: () => World ): void {
	test( 'by keyboard: a tab, the search, a filter, and the list follows', async () => {
		const page = await world().owner();
		await openJobs( world(), page );
		await skipToContent( page );
		const tabs = page.getByRole( 'navigation', { name: 'Jobs by status' } );
		await pressOn( page, tabs.getByRole( 'link', { name: /^Completed/ } ) );
		await page.waitForURL( /status=completed/ );
		await tabTo( page, page.getByRole( 'searchbox', { name: 'Search jobs' } ) );
		await page.keyboard.type( '@example.org' );
		await page.waitForURL( /s=%40example\.org/ );
		await pressOn( page, page.getByRole( 'button', { name: 'Add filter' } ) );
		const payment = page.getByRole( 'menuitem', { name: 'Payment' } );
		await arrowTo( page, payment );
		await page.keyboard.press( 'Enter' );
		const option = page.getByRole( 'option', { name: 'Paid', exact: true } );
		await option.waitFor();
		await untilFocused( page.getByRole( 'listbox' ) );
		await page.keyboard.press( 'ArrowDown' );
		await page.keyboard.press( 'Enter' );
		await page.waitForURL( /payment=/ );
		await page.keyboard.press( 'Escape' );
		await page.getByRole( 'listbox' ).waitFor( { state: 'detached' } );
		assert.match( await page.evaluate( () => document.activeElement?.textContent ?? '' ), /Payment/ );
	} );

	test( 'by keyboard: a job opens, the next and the one before it, and closing gives the focus back', async () => {
		const page = await world().owner();
		await openJobs( world(), page, '&status=completed' );
		await skipToContent( page );
		await pressOn( page, openerIn( rowsOf( page ).nth( 1 ) ) );
		await panelOf( page ).waitFor();
		const first = shownJob( page );
		await untilFocused( panelOf( page ) );
		await pressOn( page, panelOf( page ).getByRole( 'button', { name: 'Next job' } ) );
		await until( 'the next job', 10, async () => shownJob( page ) !== first );
		await pressOn( page, panelOf( page ).getByRole( 'button', { name: 'Previous job' } ), 'Enter', 'Shift+Tab' );
		await until( 'the first job', 10, async () => shownJob( page ) === first );
		await page.keyboard.press( 'Escape' );
		await panelOf( page ).waitFor( { state: 'detached' } );
		await until( 'the focus is on its row', 5, async () => ( await focusedJob( page ) ) === first );
	} );
	test( 'by keyboard: a refund with a reason, after a first thought and Escape', async () => {
		const page = await world().owner();
		const [ id = '' ] = await idsWhere( world(), REFUNDABLE );
		await openJob( world(), page, id );
		await untilFocused( panelOf( page ) );
		const refund = panelOf( page ).getByRole( 'button', { name: 'Refund…' } );
		const dialog = dialogOf( page, /^Refund / );
		await pressOn( page, refund );
		await dialog.getByRole( 'radio', { name: 'Part of it' } ).waitFor();
		await page.keyboard.press( 'Escape' );
		await dialog.waitFor( { state: 'detached' } );
		await untilFocused( refund );

		await page.keyboard.press( 'Enter' );
		await tabTo( page, dialog.getByRole( 'radio', { name: /^All of it/ } ) );
		await page.keyboard.press( 'ArrowDown' );
		await tabTo( page, dialog.getByLabel( /^Amount in/ ) );
		await page.keyboard.type( '0.50' );
		await tabTo( page, dialog.getByRole( 'radio', { name: 'The customer asked' } ) );
		await page.keyboard.press( 'ArrowDown' );
		await tabTo( page, dialog.getByLabel( 'Note' ) );
		await page.keyboard.type( 'By keyboard alone.' );
		await pressOn( page, dialog.getByRole( 'button', { name: 'Refund $0.50' } ) );
		await dialog.waitFor( { state: 'detached' } );
		await snackbarOf( page, /refund/i ).waitFor();
		await untilFocused( refund );
		const { refunds } = await rest< { refunds: { amount: string; reason: string; note: string }[] } >(
			world(),
			page,
			'GET',
			`/smi/v1/jobs/${ id }`
		);
		assert.deepEqual(
			refunds.map( ( { amount, reason, note } ) => [ amount, reason, note ] ),
			[ [ '0.50', 'duplicate', 'By keyboard alone.' ] ]
		);
	} );

	test( 'by keyboard: two jobs are selected, asked about, and let go', async () => {
		const page = await world().owner();
		await openJobs( world(), page, '&status=completed' );
		await skipToContent( page );
		for ( const row of [ 0, 1 ] ) {
			await pressOn( page, rowsOf( page ).nth( row ).getByRole( 'checkbox' ), 'Space' );
		}
		const bar = page.getByRole( 'region', { name: 'Selected jobs' } );
		await bar.getByText( '2 selected' ).waitFor();
		const email = bar.getByRole( 'button', { name: 'Send e-mail…' } );
		await pressOn( page, email );
		const dialog = page.getByRole( 'dialog' );
		await dialog.getByRole( 'button', { name: /2 e-mails/ } ).waitFor();
		await tabTo( page, dialog.getByRole( 'button', { name: 'Cancel' } ) );
		await page.keyboard.press( 'Escape' );
		await dialog.waitFor( { state: 'detached' } );
		await untilFocused( email );
		await pressOn( page, bar.getByRole( 'button', { name: 'Clear selection' } ) );
		await bar.waitFor( { state: 'detached' } );
		await untilFocused( page.locator( 'thead' ).getByRole( 'checkbox' ) );
	} );

	test( 'by keyboard: a page is found by its number, and one past the end is the last', async () => {
		const page = await world().owner();
		await openJobs( world(), page, '&per_page=10' );
		const first = await idsIn( page );
		const number = page.getByRole( 'textbox', { name: 'Current page' } );
		await skipToContent( page );
		await tabTo( page, number );
		await page.keyboard.type( '3' );
		await page.keyboard.press( 'Enter' );
		await page.waitForURL( /paged=3/ );
		const third = await untilRowsAre( page, ( ids ) => ids.length > 0 && ! first.includes( ids[ 0 ] ?? '' ) );
		await untilFocused( number );
		await page.keyboard.type( '99999' );
		await page.keyboard.press( 'Enter' );
		await untilRowsAre( page, ( ids ) => ids.length > 0 && ! third.includes( ids[ 0 ] ?? '' ) );
		const last = Math.ceil( ( await countIn( page ) ) / 10 );
		assert.equal( new URL( page.url() ).searchParams.get( 'paged' ), String( last ) );
		assert.equal( await number.inputValue(), String( last ) );
		for ( const name of [ 'Next page', 'Last page' ] ) {
			assert.equal( await page.getByRole( 'button', { name } ).getAttribute( 'aria-disabled' ), 'true' );
		}
		await page.close();
	} );

	test( 'by keyboard: nothing on the screen holds the focus', async () => {
		const page = await world().owner();
		await openJobs( world(), page, '&status=completed' );
		await skipToContent( page );
		await assertOnTheWay( page, [ 'Report', 'Completed', 'Search jobs', 'Views', 'Next page' ] );
		const [ id = '' ] = await idsWhere( world(), REFUNDABLE );
		await openJob( world(), page, id );
		await untilFocused( panelOf( page ) );
		await assertOnTheWay( page, [ 'Next job', 'Close', 'Make again', 'Refund…' ] );
	} );
}
