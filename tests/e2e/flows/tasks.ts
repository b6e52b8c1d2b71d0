/** Five usual tasks, done for real while clicks are counted: the guide tells the numbers. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import {
	dialogOf,
	idsWhere,
	openerIn,
	openJobs,
	panelOf,
	rest,
	rowsOf,
	snackbarOf,
	untilRest,
	untilRowsAre,
	waitForCount,
} from '../support/look.ts';
import { TASKS } from '../support/task-counts.ts';
import type { World } from '../support/world.ts';
import { BUYER } from './buyer.ts';

interface Job {
	status: string;
	email: string;
	amount_charged: string;
	refund_amount: string | null;
	created_at: string;
	attempts: unknown[];
}

const DAY_MS = 24 * 3600 * 1000;

const inTheMonthAfter = ( day: Date ) => Date.UTC( day.getUTCFullYear(), day.getUTCMonth() + 1, 10, 12 );

/** A hand that counts: each click, and each field that is typed into. */
class Hand {
	public clicks = 0;
	public fields = 0;

	public async click( target: Locator ): Promise< void > {
		await target.click();
		this.clicks++;
	}

	public async type( target: Locator, text: string ): Promise< void > {
		await target.fill( text );
		this.fields++;
	}

	public assertDone( { clicks, fields }: { clicks: number; fields: number } ): void {
		assert.deepEqual( [ this.clicks, this.fields ], [ clicks, fields ] );
	}
}

const jobOf = ( world: World, page: Page, id: string ) => rest< Job >( world, page, 'GET', `/smi/v1/jobs/${ id }` );

export function taskTests( world: () => World ): void {
	test( 'a buyer is found by e-mail', async () => {
		const page = await world().owner();
		const [ id = '' ] = await idsWhere( world(), "status = 'completed' AND email IS NOT NULL" );
		const { email } = await jobOf( world(), page, id );
		const hand = new Hand();
		await openJobs( world(), page );
		await hand.click( page.getByRole( 'searchbox', { name: 'Search jobs' } ) );
		await hand.type( page.getByRole( 'searchbox', { name: 'Search jobs' } ), email );
		await page.waitForURL( /[?&]s=/ );
		await page.locator( `[data-open="${ id }"]` ).first().waitFor();
		hand.assertDone( TASKS.find );
	} );

	test( 'half of a payment is refunded with a reason', async () => {
		const page = await world().owner();
		const [ id = '' ] = await idsWhere(
			world(),
			`status = 'completed' AND payment_status = 'paid' AND attention IS NULL AND stripe_payment_intent_id IS NOT NULL AND email <> '${ BUYER }'`
		);
		const { amount_charged: charged, email } = await jobOf( world(), page, id );
		const half = ( Math.round( Number( charged ) * 50 ) / 100 ).toFixed( 2 );
		const hand = new Hand();
		await openJobs( world(), page, `&s=${ id }` );
		await waitForCount( page, 1 );
		await hand.click( rowsOf( page ).first() );
		await hand.click( panelOf( page ).getByRole( 'button', { name: 'Refund…' } ) );
		const dialog = dialogOf( page, `Refund ${ email }` );
		await hand.click( dialog.getByRole( 'radio', { name: 'Part of it' } ) );
		await hand.type( dialog.getByLabel( /^Amount in/ ), half );
		await hand.click( dialog.getByRole( 'radio', { name: 'Paid twice' } ) );
		await hand.click( dialog.getByRole( 'button', { name: `Refund $${ half }` } ) );
		await snackbarOf( page, /refund/i ).waitFor();
		hand.assertDone( TASKS.refund );
		await untilRest< Job >(
			world(),
			page,
			`/smi/v1/jobs/${ id }`,
			'the money is back',
			( { refund_amount: refunded } ) => refunded === half
		);
	} );

	test( 'all failed jobs of yesterday are made again', async () => {
		const page = await world().ownerAnew();
		const [ id = '' ] = await idsWhere( world(), "status = 'failed' AND payment_status = 'refunded'" );
		const { created_at: at, attempts: before } = await jobOf( world(), page, id );
		await openJobs( world(), page );
		await page.clock.setSystemTime( new Date( at ).getTime() + DAY_MS );
		const hand = new Hand();
		await hand.click( page.getByRole( 'button', { name: 'Views' } ) );
		await hand.click( page.getByRole( 'menuitemradio', { name: 'Failed jobs of yesterday' } ) );
		await page.waitForURL( /status=failed/ );
		await untilRowsAre( page, ( ids ) => ids.includes( id ) && ids.length < 10 );
		await hand.click( page.locator( 'thead' ).getByRole( 'checkbox' ) );
		await hand.click( page.getByRole( 'button', { name: 'Make again…' } ) );
		const dialog = dialogOf( page, /images? again$/ );
		// What failed was paid back by itself: whoever makes it again gives it away, and has to say so.
		await hand.click( dialog.getByRole( 'checkbox', { name: 'Also jobs that were refunded' } ) );
		await hand.click( dialog.getByRole( 'button', { name: /^Make .*again$/ } ) );
		hand.assertDone( TASKS.again );
		await untilRest< Job >(
			world(),
			page,
			`/smi/v1/jobs/${ id }`,
			'it is made again',
			( { attempts, status } ) => attempts.length > before.length && status === 'completed',
			60
		);
	} );

	test( 'refunds of last month are exported', async () => {
		const page = await world().ownerAnew();
		const [ id = '' ] = await idsWhere( world(), "payment_status IN ( 'refunded', 'partially_refunded' )" );
		const { created_at: at } = await jobOf( world(), page, id );
		await openJobs( world(), page );
		await page.clock.setSystemTime( inTheMonthAfter( new Date( at ) ) );
		const hand = new Hand();
		await hand.click( page.getByRole( 'button', { name: 'Views' } ) );
		await hand.click( page.getByRole( 'menuitemradio', { name: 'Refunded jobs of last month' } ) );
		await page.waitForURL( /created=last_month/ );
		await untilRowsAre( page, ( ids ) => ids.includes( id ) );
		await hand.click( page.getByRole( 'button', { name: 'Export…' } ) );
		const [ file ] = await Promise.all( [
			page.waitForEvent( 'download' ),
			hand.click( dialogOf( page, 'Export jobs' ).getByRole( 'button', { name: /^Export \d/ } ) ),
		] );
		const lines = ( await readFile( await file.path(), 'utf8' ) ).trim().split( '\n' );
		await waitForCount( page, lines.length - 1 );
		assert.ok( lines.some( ( line ) => line.includes( id ) ) );
		hand.assertDone( TASKS.export );
	} );

	test( 'why a job is late is said in the panel', async () => {
		const page = await world().owner();
		const [ id = '' ] = await idsWhere( world(), "attention = 'stuck_processing'" );
		const hand = new Hand();
		await openJobs( world(), page );
		await hand.click( page.getByRole( 'link', { name: /^Needs attention/ } ) );
		await hand.click( openerIn( page ).and( page.locator( `[data-open="${ id }"]` ) ) );
		await panelOf( page ).getByText( 'Upsampler has worked on this image far longer than usual.' ).waitFor();
		hand.assertDone( TASKS.late );
	} );
}
