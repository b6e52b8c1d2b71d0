/** A stranger buys a picture. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { assertAccessible, picture } from '../support/look.ts';
import { until } from '../../helpers/until.ts';
import type { World } from '../support/world.ts';

export const BUYER = 'nina.lindqvist@example.org';

interface Mail {
	to: string;
	text: string;
}

/** The button of a picture whose dialog offers two sizes. */
const buttonIn = ( page: Page ) => page.getByRole( 'button', { name: /^Buy in high resolution ?: Two wading birds/ } );

export const dialogIn = ( page: Page ) => page.getByRole( 'dialog', { name: 'Buy this picture in high resolution' } );

export async function openOffers( page: Page, world: World ) {
	await page.goto( world.site.post );
	await buttonIn( page ).click();
	await dialogIn( page ).getByRole( 'radio' ).first().waitFor();
	return dialogIn( page );
}

export function buyerTests( world: () => World ): void {
	test( 'the dialog opens by keyboard and by mouse, closes with Escape, and gives the focus back', async () => {
		const page = await world().visit();
		await page.goto( world().site.post );
		await buttonIn( page ).focus();
		await page.keyboard.press( 'Enter' );
		await dialogIn( page ).getByRole( 'radio' ).first().waitFor();
		await page.keyboard.press( 'Escape' );
		await dialogIn( page ).waitFor( { state: 'detached' } );
		assert.match(
			await page.evaluate( () => document.activeElement?.textContent ?? '' ),
			/^Buy in high resolution/
		);
		await buttonIn( page ).click();
		await dialogIn( page ).getByRole( 'radio' ).first().waitFor();
		await assertAccessible( page, 'dialog' );
		await page.context().close();
	} );

	test( 'a buyer chooses a size, pays, waits, and gets a file of exactly that size, on the page and by mail', async () => {
		const page = await world().visit();
		const dialog = await openOffers( page, world() );
		const size = dialog.getByRole( 'radio', { name: /pixels/ } ).last();
		await size.check();
		const offer = await dialog.locator( 'label', { has: page.locator( ':checked' ) } ).innerText();
		const [ , width, height ] = /([\d,]+) × ([\d,]+) pixels/.exec( offer ) ?? [];
		const price = /\$\d+\.\d\d/.exec( offer )?.[ 0 ];
		assert.ok( width && height && price, offer );
		await dialog.getByLabel( 'E-mail (optional)' ).fill( BUYER );
		await picture( page, 'buyer' );
		await dialog.getByRole( 'button', { name: 'Continue to payment' } ).click();

		await page.getByRole( 'button', { name: `Pay ${ price }` } ).click();
		await page.waitForURL( ( url ) => url.href.startsWith( world().site.url ) );
		const link = page.getByRole( 'link', { name: 'Download your picture' } );
		const order = page.locator( '#smi-order' );
		await until(
			'the buyer hears that it is being made',
			30,
			async () => ! ( await link.count() ) && /paid|pay|work|made|prepar/i.test( await order.innerText() )
		);
		await link.waitFor( { timeout: 40_000 } );
		await assertAccessible( page, '#smi-order' );
		await picture( page, 'checkout' );

		const [ download ] = await Promise.all( [ page.waitForEvent( 'download' ), link.click() ] );
		const wanted = [ width, height ].map( ( side ) => Number( side.replace( ',', '' ) ) );
		assert.deepEqual( await sidesOf( await readFile( await download.path() ) ), wanted );
		const url = await linkInMail( world() );
		assert.deepEqual( await sidesOf( Buffer.from( await ( await fetch( url ) ).arrayBuffer() ) ), wanted );
		await page.context().close();
	} );
}

async function sidesOf( file: Buffer ): Promise< [ number, number ] > {
	const { width, height } = await sharp( file ).metadata();
	return [ width, height ];
}

async function linkInMail( { mailbox }: World ): Promise< string > {
	const mail = await until( 'the mail', 20, async () => {
		const all = ( await ( await fetch( `${ mailbox }/messages` ) ).json() ) as Mail[];
		return all.find( ( { to } ) => to.includes( BUYER ) );
	} );
	const url = /https?:\/\/\S+?\/download\/[\w-]+/.exec( mail.text )?.[ 0 ];
	assert.ok( url, mail.text );
	return url;
}
