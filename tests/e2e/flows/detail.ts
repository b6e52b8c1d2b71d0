/** One job beside the list: everything about it, its neighbours, and before and after. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import {
	assertAccessible,
	countWhere,
	idsIn,
	idsWhere,
	openJob,
	openJobs,
	openerIn,
	overhang,
	panelOf,
	picture,
	rest,
} from '../support/look.ts';
import { until } from '../../helpers/until.ts';
import type { World } from '../support/world.ts';

const placeIn = ( page: Page ) => panelOf( page ).getByText( /^\d+ of \d+$/ );

const untilPlace = ( page: Page, words: string ) =>
	until( words, 15, async () => ( await placeIn( page ).allInnerTexts() ).join() === words );

const partOf = ( panel: Locator, name: string ) =>
	panel.locator( 'section' ).filter( { has: panel.page().getByRole( 'heading', { name, exact: true } ) } );

/** A job with a file, and a link to it that works. */
async function openMadeJob( world: World, page: Page ): Promise< Locator > {
	const [ id = '' ] = await idsWhere(
		world,
		"status = 'completed' AND attention IS NULL AND payment_status <> 'refunded' AND download_expires_at > UTC_TIMESTAMP()"
	);
	return openJob( world, page, id );
}

const lineAt = ( compare: Locator ) => compare.getByRole( 'slider' ).inputValue().then( Number );

export function detailTests( world: () => World ): void {
	test( 'a job says who did what and when, what was kept, and leads to Stripe in the right mode', async () => {
		const page = await world().owner();
		const [ id = '' ] = await idsWhere( world(), "payment_status = 'partially_refunded' AND status = 'completed'" );
		const panel = await openJob( world(), page, id );
		const story = await partOf( panel, 'What happened' ).innerText();
		assert.match( story, /Payment received\s+\+\d+ (s|min)\s+.*\d:\d\d:\d\d.*told by the bridge/ );
		assert.match( story, /Refund: Asked for[\s\S]*by admin[\s\S]*Refund: Returned/ );
		const money = partOf( panel, 'Money' );
		assert.match( await money.innerText(), /Refunded\s+−\$\d[\s\S]*Stripe fee\s+−\$[\s\S]*Kept\s+−?\$\d/ );
		for ( const [ part, name, address ] of [
			[ money, /See the payment/, /^https:\/\/dashboard\.stripe\.com\/test\/payments\/pi_/ ],
			[ money, /Find the customer/, /^https:\/\/dashboard\.stripe\.com\/test\/search\?query=.*%40/ ],
			[ partOf( panel, 'Refunds' ), /See the refund/, /^https:\/\/dashboard\.stripe\.com\/test\/refunds\/re_/ ],
		] as const ) {
			assert.match( ( await part.getByRole( 'link', { name } ).getAttribute( 'href' ) ) ?? '', address );
		}
		await assertAccessible( page, '.smi-panel' );
		await picture( page, 'job-refunded' );
	} );

	test( 'all jobs of a customer are counted, and one click away', async () => {
		const page = await world().owner();
		const panel = await openMadeJob( world(), page );
		const email = await partOf( panel, 'Customer' ).getByRole( 'link' ).first().innerText();
		const count = await countWhere( world(), `email = '${ email }'` );
		await panel.getByRole( 'link', { name: `All jobs of this customer (${ count })` } ).click();
		await page.waitForURL( /email=/ );
		await until( 'their jobs only', 15, async () => ( await idsIn( page ) ).length === Math.min( count, 20 ) );
	} );

	test( 'the data to be pasted elsewhere is whole and has no private link in it', async () => {
		const page = await world().owner();
		await page.context().grantPermissions( [ 'clipboard-read', 'clipboard-write' ] );
		const panel = await openMadeJob( world(), page );
		await panel.getByText( 'Raw data' ).click();
		await panel.locator( 'details' ).getByRole( 'button', { name: 'Copy' } ).click();
		await panel.getByText( 'Copied' ).waitFor();
		const text = await page.evaluate( () => window.navigator.clipboard.readText() );
		assert.match( text, /"events": \[/ );
		assert.doesNotMatch( text, /download\/|preview|"url"/ );
	} );

	test( 'next and previous go through the filtered list and over the border of a page, by keyboard', async () => {
		const page = await world().owner();
		await openJobs( world(), page, '&status=completed&per_page=10' );
		const total = await countWhere( world(), "status = 'completed'" );
		const first = await idsIn( page );
		await openerIn( page ).nth( 9 ).click();
		await untilPlace( page, `10 of ${ total }` );
		await page.keyboard.press( 'Alt+ArrowDown' );
		await untilPlace( page, `11 of ${ total }` );
		assert.match( page.url(), /paged=2/ );
		await page.keyboard.press( 'j' );
		await untilPlace( page, `12 of ${ total }` );
		await page.keyboard.press( 'k' );
		await untilPlace( page, `11 of ${ total }` );
		await panelOf( page ).getByRole( 'button', { name: 'Previous job' } ).click();
		await untilPlace( page, `10 of ${ total }` );
		assert.ok( page.url().includes( first[ 9 ] ?? 'nothing' ) );
		await page.getByRole( 'searchbox', { name: 'Search jobs' } ).focus();
		await page.keyboard.press( 'Alt+ArrowDown' );
		await page.keyboard.press( 'Alt+ArrowUp' );
		await untilPlace( page, `10 of ${ total }` );
	} );

	test( 'at both ends of the list there is nowhere further to go', async () => {
		const page = await world().owner();
		await openJobs( world(), page, '&status=failed' );
		await openerIn( page ).first().click();
		const go = ( name: string ) => panelOf( page ).getByRole( 'button', { name } );
		await placeIn( page ).waitFor();
		assert.equal( await go( 'Previous job' ).getAttribute( 'aria-disabled' ), 'true' );
		await openerIn( page ).last().click();
		const total = await countWhere( world(), "status = 'failed'" );
		await untilPlace( page, `${ total } of ${ total }` );
		assert.equal( await go( 'Next job' ).getAttribute( 'aria-disabled' ), 'true' );
	} );

	test( 'what happens meanwhile appears, and the panel stays where it was scrolled to', async () => {
		const page = await world().owner();
		const panel = await openMadeJob( world(), page );
		const id = new URL( page.url() ).searchParams.get( 'job' ) ?? '';
		const sent = () => panel.getByText( 'E-mail sent', { exact: true } ).count();
		const before = await sent();
		await panel.getByRole( 'heading', { name: 'Customer' } ).evaluate( ( node ) => node.scrollIntoView() );
		const top = () => panel.locator( '.smi-panel__body' ).evaluate( ( { scrollTop } ) => Math.round( scrollTop ) );
		const place = await top();
		assert.ok( place > 200, `Scrolled to ${ place }.` );
		await rest( world(), page, 'POST', `/smi/v1/jobs/${ id }/email` );
		await until( 'the e-mail in the story', 40, async () => ( await sent() ) > before );
		// A line more above it moves the text by that line; the panel itself is not thrown back.
		assert.ok( ( await top() ) >= place, `From ${ place } to ${ await top() }.` );
	} );

	test( 'before and after are compared by mouse, by keyboard, and pixel by pixel', async () => {
		const page = await world().owner();
		const panel = await openMadeJob( world(), page );
		const compare = panel.locator( '.smi-compare' );
		const box = await compare.boundingBox();
		assert.ok( box, 'There is nothing to compare.' );
		await page.mouse.click( box.x + box.width * 0.2, box.y + box.height / 2 );
		assert.ok( Math.abs( ( await lineAt( compare ) ) - 20 ) <= 3, `${ await lineAt( compare ) }` );
		await page.keyboard.press( 'ArrowRight' );
		assert.ok( Math.abs( ( await lineAt( compare ) ) - 21 ) <= 3 );
		await panel.getByRole( 'button', { name: 'Compare at full size' } ).click();
		const full = page.getByRole( 'dialog', { name: 'Before and after' } );
		await full.getByRole( 'button', { name: '100 %' } ).waitFor();
		await assertAccessible( page, '[role="dialog"]' );
		await picture( page, 'job-full-size' );
		await full.getByRole( 'button', { name: '200 %' } ).click();
		const scroller = full.getByRole( 'region' );
		// The seeded files are small: only a low window has more picture than room.
		await page.setViewportSize( { width: 1000, height: 500 } );
		const top = () => scroller.evaluate( ( { scrollTop } ) => scrollTop );
		const was = await top();
		await scroller.focus();
		await page.keyboard.press( 'ArrowDown' );
		await until( 'it moves', 5, async () => ( await top() ) > was );
		await page.keyboard.press( 'Escape' );
		await full.waitFor( { state: 'detached' } );
		assert.equal( await panelOf( page ).count(), 1, 'Escape closed the panel as well.' );
	} );

	test( 'on a phone a job fills the screen, and its menu stands beside the buttons', async () => {
		const page = await world().owner();
		await page.setViewportSize( { width: 390, height: 844 } );
		const panel = await openMadeJob( world(), page );
		assert.equal( ( await panel.boundingBox() )?.width, 390 );
		const inside = await overhang( panel.locator( '.smi-panel__body' ) );
		assert.equal( inside, 0, 'Something sticks out.' );
		const menu = await panel.getByRole( 'button', { name: 'More actions' } ).boundingBox();
		const button = await panel.getByRole( 'button', { name: 'Make again' } ).boundingBox();
		assert.ok( menu && button && Math.abs( menu.y - button.y ) < 8, 'The menu stands alone.' );
		await picture( page, 'phone-job' );
	} );
}
