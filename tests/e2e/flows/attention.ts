/** Needs attention: every reason says what is wrong and has its remedy beside it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import {
	assertAccessible,
	countWhere,
	dialogOf,
	idsWhere,
	openerIn,
	openJob,
	openJobs,
	panelOf,
	snackbarOf,
} from '../support/look.ts';
import { until } from '../../helpers/until.ts';
import type { World } from '../support/world.ts';

interface Expected {
	badge: string;
	sentence: RegExp;
	button?: RegExp;
	link?: [ name: RegExp, address: RegExp ];
}

const STRIPE = 'https://dashboard\\.stripe\\.com/test/';

const REASONS: Record< string, Expected > = {
	disputed: {
		badge: 'Disputed',
		sentence: /asked their bank to take the payment back/,
		link: [ /^Answer in Stripe/, new RegExp( `^${ STRIPE }disputes/dp_` ) ],
	},
	refund_failed: {
		badge: 'Refund failed',
		sentence: /could not return the money.*lost or stolen/,
		button: /^Try refund again…$/,
	},
	failed_not_refunded: {
		badge: 'Not refunded',
		sentence: /has not been paid back/,
		button: /^Refund \$\d+\.\d\d…$/,
	},
	amount_mismatch: {
		badge: 'Wrong amount',
		sentence: /different amount than this job’s price/,
		button: /^Refund \$\d+\.\d\d…$/,
		link: [ /^Compare in Stripe/, new RegExp( `^${ STRIPE }payments/pi_` ) ],
	},
	paid_not_started: { badge: 'Not started', sentence: /never (sent|started)/, button: /^Start now$/ },
	submit_unknown: {
		badge: 'Not sure it was sent',
		sentence: /made again; one image may cost twice/,
		button: /^Check now$/,
	},
	file_missing: { badge: 'File missing', sentence: /gone from this server/, button: /^Make again…$/ },
	stuck_processing: { badge: 'Taking too long', sentence: /far longer than usual/, button: /^Check now$/ },
	email_failed: {
		badge: 'E-mail not sent',
		sentence: /did not get the link/,
		button: /^Send (e-mail again|a new link)$/,
	},
	refund_pending: {
		badge: 'Refund on its way',
		sentence: /the bank has not confirmed it yet/,
		button: /^Check with Stripe$/,
	},
};

const firstOf = async ( world: World, reason: string ): Promise< string > =>
	( await idsWhere( world, `attention = '${ reason }'` ) )[ 0 ] ?? '';

async function openBox( world: World, page: Page, reason: string ) {
	const badge = REASONS[ reason ]?.badge ?? '';
	const panel = await openJob( world, page, await firstOf( world, reason ), '&status=attention' );
	return panel.getByRole( 'group', { name: badge, exact: true } );
}

/** Moves the end of a job's link to so many days from now. */
const endLink = ( { site }: World, id: string, days: number ) =>
	site.sql(
		`UPDATE wp_smi_jobs SET download_expires_at = UTC_TIMESTAMP() + INTERVAL ${ days } DAY WHERE job_id = '${ id }'`
	);

export function attentionTests( world: () => World ): void {
	test( 'every reason says what is wrong, in the list and in the job, and has its remedy', async () => {
		const page = await world().owner();
		await openJobs( world(), page, '&status=attention&per_page=100' );
		for ( const [ reason, { badge, sentence, button, link } ] of Object.entries( REASONS ) ) {
			const id = await firstOf( world(), reason );
			const row = page.locator( 'tbody tr' ).filter( { has: page.locator( `[data-open="${ id }"]` ) } );
			const title = await row.getByText( badge, { exact: true } ).getAttribute( 'title' );
			assert.ok( title, `The badge “${ badge }” explains itself.` );
			await openerIn( row ).click();
			const box = panelOf( page ).getByRole( 'group', { name: badge, exact: true } );
			assert.match( await box.innerText(), sentence );
			if ( button ) {
				await box.getByRole( 'button', { name: button } ).waitFor();
			}
			if ( link ) {
				const address = await box.getByRole( 'link', { name: link[ 0 ] } ).getAttribute( 'href' );
				assert.match( address ?? '', link[ 1 ] );
			}
			await assertAccessible( page, '.smi-attention' );
		}
	} );

	test( 'an e-mail that failed is sent again by one click, and the reason goes', async () => {
		const page = await world().owner();
		await endLink( world(), await firstOf( world(), 'email_failed' ), 5 );
		const box = await openBox( world(), page, 'email_failed' );
		await box.getByRole( 'button', { name: 'Send e-mail again' } ).click();
		await box.waitFor( { state: 'detached', timeout: 45_000 } );
	} );

	test( 'where the link has ended meanwhile, one click sends the customer a new one', async () => {
		const page = await world().owner();
		const id = await firstOf( world(), 'email_failed' );
		await endLink( world(), id, -1 );
		const box = await openBox( world(), page, 'email_failed' );
		await panelOf( page ).getByText( 'The link has expired' ).waitFor();
		await box.getByRole( 'button', { name: 'Send a new link' } ).click();
		await box.waitFor( { state: 'detached', timeout: 45_000 } );
		await panelOf( page ).getByText( 'The link works' ).waitFor();
		const sent = () => countWhere( world(), `job_id = '${ id }' AND email_state = 'sent' AND email_sent = 1` );
		await until( 'the mail is sent', 30, async () => ( await sent() ) === 1 );
	} );

	test( 'a refused e-mail says why where it can be read, also on a phone, and leads to a new link', async () => {
		const page = await world().owner();
		const [ id = '' ] = await idsWhere(
			world(),
			"status = 'completed' AND payment_status = 'paid' AND attention IS NULL"
		);
		await endLink( world(), id, 5 );
		const panel = await openJob( world(), page, id );
		await panel.getByRole( 'button', { name: 'Send e-mail again' } ).waitFor();
		// It ends while it is looked at.
		await endLink( world(), id, -1 );
		await panel.getByRole( 'button', { name: 'Send e-mail again' } ).click();
		const message = snackbarOf( page, /the download link has ended/ ).first();
		for ( const size of [
			{ width: 400, height: 800 },
			{ width: 1440, height: 900 },
		] ) {
			await page.setViewportSize( size );
			await until( `it stands inside of ${ size.width } pixels`, 10, async () => {
				const box = await message.boundingBox();
				return (
					box &&
					box.x >= 0 &&
					box.x + box.width <= size.width &&
					box.y + box.height <= size.height - 40 &&
					box.width > 300
				);
			} );
		}
		await page.locator( '.components-snackbar' ).getByRole( 'button', { name: 'New link…' } ).click();
		await dialogOf( page, 'Make a new download link?' ).waitFor();
	} );

	test( 'a paid job is started by one click, and made', async () => {
		const page = await world().owner();
		const id = await firstOf( world(), 'paid_not_started' );
		const panel = await openJob( world(), page, id );
		await panel.getByRole( 'button', { name: 'Start now' } ).click();
		await snackbarOf( page, /./ ).first().waitFor();
		await panel.getByRole( 'group', { name: 'Not started' } ).waitFor( { state: 'detached', timeout: 30_000 } );
		await until( 'it is made', 60, async () => /Completed/.test( await panel.innerText() ) );
	} );

	test( 'asking how things stand takes one click', async () => {
		const page = await world().owner();
		const box = await openBox( world(), page, 'stuck_processing' );
		await box.getByRole( 'button', { name: 'Check now' } ).click();
		await snackbarOf( page, /./ ).first().waitFor();
	} );

	test( 'a refund asks first, with all that is left filled in', async () => {
		const page = await world().owner();
		const box = await openBox( world(), page, 'failed_not_refunded' );
		const words = await box.getByRole( 'button', { name: /^Refund/ } ).innerText();
		const amount = /\$\d+\.\d\d/.exec( words )?.[ 0 ] ?? 'no amount';
		await box.getByRole( 'button', { name: /^Refund/ } ).click();
		const dialog = dialogOf( page, /^Refund/ );
		await dialog.getByRole( 'button', { name: `Refund ${ amount }`, exact: true } ).waitFor();
		await page.keyboard.press( 'Escape' );
		await dialog.waitFor( { state: 'detached' } );
	} );

	test( 'the list of what needs attention has no others in it', async () => {
		const page = await world().owner();
		await openJobs( world(), page, '&status=attention' );
		const badges = new RegExp(
			Object.values( REASONS )
				.map( ( { badge } ) => badge )
				.join( '|' )
		);
		for ( const row of await page.locator( 'tbody tr' ).allInnerTexts() ) {
			assert.match( row, badges );
		}
	} );
}
