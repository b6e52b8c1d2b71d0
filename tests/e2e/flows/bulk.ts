/** The owner does one thing with many jobs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import {
	arrowTo,
	assertAccessible,
	countIn,
	dialogOf,
	idsIn,
	openJobs,
	picture,
	rest,
	rowsOf,
	untilFocused,
	untilRest,
	untilRowsAre,
	waitForCount,
} from '../support/look.ts';
import { STRIPE_KEY } from '../../helpers/bridge-process.ts';
import { until } from '../../helpers/until.ts';
import type { World } from '../support/world.ts';

/** Paid, finished, nothing given back yet; what is disputed is left out by the dry run. */
const SOLD = '&status=completed&payment=paid&per_page=10';

const barOf = ( page: Page ) => page.getByRole( 'region', { name: 'Selected jobs' } );

const boxOf = ( page: Page, n: number ) => rowsOf( page ).nth( n ).getByRole( 'checkbox' );

interface Money {
	job_id: string;
	amount_charged: string;
	refund_amount: string | null;
	stripe_payment_intent_id: string;
	attempt_count: number;
	status: string;
}

const moneyOf = ( world: World, page: Page, ids: string[] ): Promise< Money[] > =>
	rest(
		world,
		page,
		'GET',
		`/smi/v1/jobs?per_page=100&${ ids.map( ( id, n ) => `include[${ n }]=${ id }` ).join( '&' ) }`
	);

async function refundedAtStripe( { stripe }: World, intent: string ): Promise< number[] > {
	const answer = await fetch( `${ stripe }/v1/refunds?payment_intent=${ intent }`, {
		headers: { authorization: `Bearer ${ STRIPE_KEY }` },
	} );
	return ( ( await answer.json() ) as { data: { amount: number }[] } ).data.map( ( { amount } ) => amount );
}

/** Presses the button that starts the real run; gives the batch's number. */
async function start( page: Page, button: RegExp ): Promise< string > {
	const answer = page.waitForResponse(
		( response ) => response.url().includes( '/jobs/batch' ) && response.status() === 202
	);
	await page.getByRole( 'dialog' ).getByRole( 'button', { name: button } ).click();
	return ( ( await ( await answer ).json() ) as { id: string } ).id;
}

interface Seen {
	state: string;
	/** How often somebody took it up. */
	takes: number;
	items: Record< string, number >;
}

/** A batch as the database has it: asking the plugin would work on it. */
async function batchIn( { site }: World, id: string ): Promise< Seen > {
	const [ head = '', ...counts ] = (
		await site.sql( `
			SELECT b.state, c.lease_no FROM wp_smi_batches b JOIN wp_smi_commands c ON c.kind = 'batch_item' AND c.object = b.uuid WHERE b.uuid = '${ id }';
			SELECT i.state, COUNT(*) FROM wp_smi_batch_items i JOIN wp_smi_batches b ON b.id = i.batch WHERE b.uuid = '${ id }' GROUP BY i.state;` )
	)
		.trim()
		.split( '\n' );
	const [ state = '', takes ] = head.split( '\t' );
	const items = counts.map( ( line ) => line.split( '\t' ) ).map( ( [ name, n ] ) => [ name, Number( n ) ] );
	return { state, takes: Number( takes ), items: Object.fromEntries( items ) };
}

/**
 * Locks the jobs for a while, as a backup may. The request that starts a batch works on it for a second after its answer: held up so long, it
 * ends after one group of fifty, and all others are left to whoever comes by himself.
 */
async function holdJobs( { site }: World, seconds: number ): Promise< { end: Promise< unknown > } > {
	const end = site.sql(
		`START TRANSACTION; SELECT id FROM wp_smi_jobs FOR UPDATE; SELECT SLEEP( ${ seconds } ); COMMIT;`
	);
	await sleep( 500 );
	return { end };
}

/** Presses Tab until something has the focus. */
async function tabTo( page: Page, what: string, isThere: () => Promise< boolean > ): Promise< void > {
	for ( let presses = 0; presses < 150; presses++ ) {
		if ( await isThere() ) {
			return;
		}
		await page.keyboard.press( 'Tab' );
	}
	assert.fail( `Tab never comes to ${ what }.` );
}

const hasFocus = async ( page: Page, name: RegExp ) =>
	name.test(
		await page.evaluate( () => {
			const { activeElement: element } = document;
			return element?.getAttribute( 'aria-label' ) ?? element?.textContent ?? '';
		} )
	);

export function bulkTests( world: () => World ): void {
	test( 'jobs picked on two pages are refunded in part, each once, for exactly the money that was shown', async () => {
		const page = await world().owner();
		await openJobs( world(), page, SOLD );
		const first = await idsIn( page );
		await boxOf( page, 0 ).check();
		await boxOf( page, 2 ).check();
		await page.getByRole( 'button', { name: 'Next page' } ).click();
		const second = await untilRowsAre( page, ( ids ) => ids[ 0 ] !== first[ 0 ] );
		await page.waitForLoadState( 'networkidle' );
		await boxOf( page, 1 ).check();
		await barOf( page ).getByText( '3 selected' ).waitFor();
		await assertAccessible( page, '.smi-selection' );
		await page.getByRole( 'button', { name: 'Previous page' } ).click();
		await untilRowsAre( page, ( ids ) => ids[ 0 ] === first[ 0 ] );
		await until( 'it is still selected', 15, () => boxOf( page, 2 ).isChecked() );
		const ids = [ first[ 0 ], first[ 2 ], second[ 1 ] ].map( String );
		const before = await moneyOf( world(), page, ids );

		await barOf( page ).getByRole( 'button', { name: 'Refund…' } ).click();
		const dialog = dialogOf( page, 'Refund the selected jobs' );
		await dialog.getByRole( 'radio', { name: 'A percentage of each payment' } ).check();
		await dialog.getByLabel( /^Percent/ ).fill( '10' );
		await dialog.getByLabel( 'Note' ).fill( 'Late delivery' );
		await dialog.getByText( /of 3 jobs will be refunded, \$\d/ ).waitFor();
		await assertAccessible( page, '.components-modal__frame' );
		await picture( page, 'bulk-refund' );
		const label = await dialog.getByRole( 'button', { name: /^Refund \d/ } ).innerText();
		const [ , count, sum ] = /^Refund (\d) jobs?, \$([\d.]+)$/.exec( label ) ?? [];
		const id = await start( page, /^Refund \d/ );
		await page.getByRole( 'button', { name: `Done ${ count }` } ).waitFor( { timeout: 30_000 } );
		await assertAccessible( page, '.components-modal__frame' );
		await page.getByRole( 'dialog' ).getByRole( 'button', { name: 'Close' } ).last().click();
		await untilFocused( page.getByRole( 'checkbox', { name: 'Select all' } ) );

		const { items } = await rest< { items: { job_id: string }[] } >(
			world(),
			page,
			'GET',
			`/smi/v1/jobs/batch/${ id }?item_state[]=done`
		);
		assert.equal( items.length, Number( count ) );
		let total = 0;
		for ( const { job_id: job } of items ) {
			const sold = before.find( ( row ) => row.job_id === job ) as Money;
			const wanted = Math.floor( Number( sold.amount_charged ) * 10 + 1e-6 );
			total += wanted;
			const refunds = await until( 'the refund at Stripe', 30, async () => {
				const all = await refundedAtStripe( world(), sold.stripe_payment_intent_id );
				return all.length > 0 && all;
			} );
			assert.deepEqual( refunds, [ wanted ] );
		}
		assert.equal( ( total / 100 ).toFixed( 2 ), sum );
		await untilRest< Money[] >(
			world(),
			page,
			`/smi/v1/jobs?${ items.map( ( { job_id: job }, n ) => `include[${ n }]=${ job }` ).join( '&' ) }`,
			'the rows say so',
			( rows ) => rows.every( ( { refund_amount: amount } ) => Number( amount ) > 0 )
		);
		await page.close();
	} );

	test( 'all that match can be meant; the work goes on when the page is closed and is seen finished later', async () => {
		const page = await world().owner();
		await openJobs( world(), page, '&status=completed' );
		const count = await countIn( page );
		await boxOf( page, 0 ).check();
		await barOf( page )
			.getByRole( 'button', { name: `Select all ${ count } that match` } )
			.click();
		await barOf( page ).getByText( `All ${ count } that match` ).waitFor();
		await page.getByRole( 'button', { name: 'Next page' } ).click();
		await page.waitForURL( /paged=2/ );
		await page.waitForLoadState( 'networkidle' );
		await until( 'all of the next page are selected', 15, () => boxOf( page, 3 ).isChecked() );
		await picture( page, 'bulk-all' );
		await barOf( page ).getByRole( 'button', { name: 'More for the selected jobs' } ).click();
		await page.getByRole( 'menuitem', { name: 'Check now…' } ).click();
		await dialogOf( page, 'Check the selected jobs now' )
			.getByText( `${ count } of ${ count } jobs will be checked.` )
			.waitFor();
		assert.ok( count > 50, 'More than one group, or there is nothing left to go on with.' );
		const held = await holdJobs( world(), 5 );
		const id = await start( page, /^Check \d/ );
		await page.close();
		const atClosing = await batchIn( world(), id );
		await held.end;
		// From here on nobody asks: a look at the progress, at the counts or at a page would do a part of the work itself.
		const atEnd = await until( 'the batch ended by itself', 60, async () => {
			const batch = await batchIn( world(), id );
			return batch.state === 'done' && batch;
		} );
		assert.deepEqual( [ atClosing.state, atClosing.items.waiting ], [ 'running', count ] );
		assert.deepEqual( atEnd.items, { done: count } );
		assert.ok( atEnd.takes > 1, 'All of it was done by the request that began it.' );
		const later = await world().owner();
		await openJobs( world(), later, '&status=completed' );
		await waitForCount( later, count );
		assert.equal( await later.getByRole( 'region', { name: /^Checking/ } ).count(), 0 );
		const { state, done, total } = await rest< { state: string; done: number; total: number } >(
			world(),
			later,
			'GET',
			`/smi/v1/jobs/batch/${ id }`
		);
		assert.deepEqual( [ state, done, total ], [ 'done', count, count ] );
		await later.close();
	} );

	test( 'several images are made again, for the cost that was shown', async () => {
		const page = await world().owner();
		await openJobs( world(), page, SOLD );
		const ids = ( await idsIn( page ) ).slice( 3, 5 );
		await boxOf( page, 3 ).check();
		await boxOf( page, 4 ).check();
		const before = await moneyOf( world(), page, ids );
		await barOf( page ).getByRole( 'button', { name: 'Make again…' } ).click();
		const dialog = dialogOf( page, 'Make the selected images again' );
		await dialog
			.getByText( /of 2 images will be made again\. (The upscaler will charge about \$|It costs)/ )
			.waitFor();
		await assertAccessible( page, '.components-modal__frame' );
		const count = Number(
			/\d/.exec( await dialog.getByRole( 'button', { name: /^Make \d/ } ).innerText() )?.[ 0 ]
		);
		await start( page, /^Make \d/ );
		await page.getByRole( 'button', { name: `Done ${ count }` } ).waitFor( { timeout: 30_000 } );
		await untilRest< Money[] >(
			world(),
			page,
			`/smi/v1/jobs?${ ids.map( ( id, n ) => `include[${ n }]=${ id }` ).join( '&' ) }`,
			'they are made again',
			( rows ) => {
				const again = rows.filter( ( row ) => {
					const old = before.find( ( { job_id: id } ) => id === row.job_id );
					return row.attempt_count > ( old?.attempt_count ?? 0 ) && row.status === 'completed';
				} );
				return again.length === count;
			},
			60
		);
		await page.close();
	} );

	test( 'with the keyboard alone: select, choose, look, do, and be back in the list', async () => {
		const page = await world().owner();
		await openJobs( world(), page, '&status=completed' );
		await boxOf( page, 1 ).focus();
		await page.keyboard.press( 'Space' );
		await barOf( page ).getByText( '1 selected' ).waitFor();
		await tabTo( page, 'the bar', () => hasFocus( page, /^More for the selected jobs$/ ) );
		await page.keyboard.press( 'Enter' );
		await arrowTo( page, page.getByRole( 'menuitem', { name: 'Check now…' } ) );
		await page.keyboard.press( 'Enter' );
		await page.getByRole( 'button', { name: 'Check 1 job' } ).waitFor();
		await tabTo( page, 'the button', () => hasFocus( page, /^Check 1 job$/ ) );
		await page.keyboard.press( 'Enter' );
		await page.getByRole( 'button', { name: 'Done 1' } ).waitFor( { timeout: 30_000 } );
		await page.keyboard.press( 'Escape' );
		await page.getByRole( 'dialog' ).waitFor( { state: 'detached' } );
		await untilFocused( page.getByRole( 'checkbox', { name: 'Select all' } ) );
		await page.keyboard.press( 'Space' );
		await barOf( page ).waitFor();
		await tabTo( page, 'the bar', () => hasFocus( page, /^Refund…$/ ) );
		await page.keyboard.press( 'Escape' );
		await barOf( page ).waitFor( { state: 'detached' } );
		await page.close();
	} );
}
