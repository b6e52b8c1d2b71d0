/** The owner finds jobs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import {
	assertAccessible,
	countIn,
	countWhere,
	footerOf,
	idsIn,
	idsWhere,
	openJobs,
	openerIn,
	panelOf,
	picture,
	rest,
	rowOf,
	rowsOf,
	untilFocused,
	untilRowsAre,
	waitForCount,
} from '../support/look.ts';
import { until } from '../../helpers/until.ts';
import type { World } from '../support/world.ts';
import { BUYER } from './buyer.ts';

interface Row {
	job_id: string;
	[ field: string ]: unknown;
}

const tabsOf = ( page: Page ) => page.getByRole( 'navigation', { name: 'Jobs by status' } );

const tabOf = ( page: Page, label: string, count: number ) =>
	tabsOf( page ).getByRole( 'link', { name: `${ label } ${ count.toLocaleString( 'en' ) }`, exact: true } );

const addFilter = async ( page: Page, name: string ) => {
	const toggle = page.getByRole( 'button', { name: 'Add filter' } ).first();
	await toggle.click();
	await page.getByRole( 'menuitem', { name, exact: true } ).click();
};

/** A value of the database, for a filter that finds something. */
const valueOf = async ( { site }: World, column: string, condition: string ) =>
	site.wp(
		`global $wpdb; echo $wpdb->get_var( "SELECT ${ column } FROM {$wpdb->prefix}smi_jobs WHERE ${ condition } LIMIT 1" );`
	);

/** Filters by their part of the address, and the same in SQL. */
async function filtersOf( world: World ): Promise< Array< [ address: string, sql: string ] > > {
	const email = await valueOf( world, 'email', "email <> '' ORDER BY id" );
	const start = email.slice( 0, 4 );
	const post = await valueOf( world, 'post_id', 'post_id > 0' );
	const attachment = await valueOf( world, 'attachment_id', 'attachment_id > 0' );
	const day = await valueOf( world, 'DATE( created_at )', '1 = 1 ORDER BY created_at DESC' );
	return [
		[ 'payment=paid', "payment_status = 'paid'" ],
		[ 'problem=email_failed,refund_pending', "attention IN ( 'email_failed', 'refund_pending' )" ],
		[ 'size=8x', "resolution = '8x'" ],
		[ `email=${ encodeURIComponent( email ) }`, `email = '${ email }'` ],
		[ `email_start=${ encodeURIComponent( start ) }`, `email LIKE '${ start }%'` ],
		[ `post_id=${ post }`, `post_id = ${ post }` ],
		[ `attachment_id=${ attachment }`, `attachment_id = ${ attachment }` ],
		[ `from=${ day }&to=${ day }`, `DATE( created_at ) = '${ day }'` ],
		[ 'status=completed', "status = 'completed'" ],
	];
}

const pairsOf = < T >( items: T[] ): Array< [ T, T ] > =>
	items.flatMap( ( one, index ) => items.slice( index + 1 ).map( ( other ): [ T, T ] => [ one, other ] ) );

/** Opens a list that may be empty. */
const openList = async ( world: World, page: Page, place: string ) => {
	await openJobs( world, page, place );
	await until(
		'rows or words',
		15,
		async () => ( await rowsOf( page ).count() ) > 0 || ( await page.locator( '.smi-blank' ).count() ) > 0
	);
};

export function jobsListTests( world: () => World ): void {
	test( 'every tab says how many jobs it has, and has them', async () => {
		const page = await world().owner();
		await openJobs( world(), page );
		for ( const [ label, where ] of [
			[ 'All', '1 = 1' ],
			[ 'Needs attention', 'attention IS NOT NULL' ],
			[ 'Completed', "status = 'completed'" ],
			[ 'Failed', "status = 'failed'" ],
		] as const ) {
			const count = await countWhere( world(), where );
			await tabOf( page, label, count ).click();
			await waitForCount( page, count );
		}
		await page.close();
	} );

	test( 'a search by e-mail finds the sale of that buyer', async () => {
		const page = await world().owner();
		await openJobs( world(), page );
		await page.getByRole( 'searchbox', { name: 'Search jobs' } ).fill( BUYER );
		await waitForCount( page, 1 );
		assert.match( await rowsOf( page ).innerText(), new RegExp( `Completed[\\s\\S]*${ BUYER }` ) );
		await page.close();
	} );

	test( 'the search understands numbers, addresses, domains, posts, pictures and titles, and the tabs count what it finds', async () => {
		const page = await world().owner();
		const [ id ] = await idsWhere( world(), "email <> ''" );
		const email = await valueOf( world(), 'email', `job_id = '${ id }'` );
		const post = await valueOf( world(), 'post_id', `job_id = '${ id }'` );
		const attachment = await valueOf( world(), 'attachment_id', `job_id = '${ id }'` );
		const domain = email.replace( /.*@/, '' );
		await openJobs( world(), page );
		const box = page.getByRole( 'searchbox', { name: 'Search jobs' } );
		await box.focus();
		await page.getByText( /@domain, post:12, attachment:34/ ).waitFor();
		for ( const [ typed, where ] of [
			[ String( id ), `job_id = '${ id }'` ],
			[ String( id ).slice( 0, 8 ), `job_id LIKE '${ String( id ).slice( 0, 8 ) }%'` ],
			[ email, `email = '${ email }'` ],
			[ `@${ domain }`, `email LIKE '%@${ domain }'` ],
			[ `post:${ post }`, `post_id = ${ post }` ],
			[ `attachment:${ attachment }`, `attachment_id = ${ attachment }` ],
		] as const ) {
			await box.fill( typed );
			const count = await countWhere( world(), where );
			await waitForCount( page, count );
			await tabOf( page, 'All', count ).waitFor();
			await tabOf( page, 'Failed', await countWhere( world(), `status = 'failed' AND ${ where }` ) ).waitFor();
		}
		await page.close();
	} );

	test( 'a search without a match names it, says where there is one, and shows all jobs', async () => {
		const page = await world().owner();
		const email = await valueOf( world(), 'email', "status = 'completed' AND email <> ''" );
		const elsewhere = `${ email }`;
		await openList( world(), page, `&status=awaiting_payment&s=${ encodeURIComponent( elsewhere ) }&payment=paid` );
		await page.getByText( `No jobs match “${ elsewhere }” in “Awaiting payment”.` ).waitFor();
		await page.getByRole( 'button', { name: /^Show the \d+ match/ } ).click();
		await rowsOf( page ).first().waitFor();
		await openList( world(), page, '&s=nobody-has-this-name' );
		await page.getByText( 'No jobs match “nobody-has-this-name”.' ).waitFor();
		await page.getByRole( 'button', { name: 'Show all jobs' } ).click();
		await waitForCount( page, await countWhere( world(), '1 = 1' ) );
		await page.close();
	} );

	test( 'each filter, and each pair of them, shows exactly the jobs that have it', async () => {
		const page = await world().owner();
		const filters = await filtersOf( world() );
		for ( const [ address, sql ] of filters ) {
			await openList( world(), page, `&${ address }` );
			assert.equal( await countIn( page ), await countWhere( world(), sql ), address );
		}
		// In pairs by their addresses, asked by the page itself: loading it for each would take minutes.
		await openJobs( world(), page );
		for ( const [ [ one, oneSql ], [ other, otherSql ] ] of pairsOf( filters ) ) {
			if (
				one.split( '_' )[ 0 ]?.split( '=' )[ 0 ] === other.split( '_' )[ 0 ]?.split( '=' )[ 0 ] &&
				one.startsWith( 'email' )
			) {
				continue;
			}
			await page.evaluate( ( query ) => {
				window.history.pushState( null, '', `?page=smi-jobs&${ query }` );
				window.dispatchEvent( new PopStateEvent( 'popstate' ) );
			}, `${ one }&${ other }` );
			await waitForCount( page, await countWhere( world(), `${ oneSql } AND ${ otherSql }` ) );
		}
		await page.close();
	} );

	test( 'filters are chosen by hand: payment, days, and the start of an e-mail address', async () => {
		const page = await world().owner();
		await openJobs( world(), page );
		await addFilter( page, 'Payment' );
		await page.getByRole( 'option', { name: 'Refunded', exact: true } ).click();
		await page.waitForURL( /payment=refunded/ );
		await waitForCount( page, await countWhere( world(), "payment_status = 'refunded'" ) );
		await page.keyboard.press( 'Escape' );
		await addFilter( page, 'Created' );
		await page.getByRole( 'button', { name: 'This year', exact: true } ).click();
		await page.waitForURL( /created=this_year/ );
		await page.keyboard.press( 'Escape' );
		await addFilter( page, 'Customer' );
		await page.getByRole( 'combobox', { name: 'Conditions' } ).selectOption( { label: 'Starts with' } );
		await page.getByRole( 'textbox', { name: 'Customer' } ).fill( 'a' );
		await page.waitForURL( /email_start=a/ );
		await waitForCount(
			page,
			await countWhere(
				world(),
				"payment_status = 'refunded' AND email LIKE 'a%' AND YEAR( created_at ) = YEAR( UTC_TIMESTAMP() )"
			)
		);
		await page.reload();
		await footerOf( page ).waitFor();
		assert.match( page.url(), /payment=refunded.*created=this_year|created=this_year.*payment=refunded/ );
		await page.close();
	} );

	test( 'every sortable column sorts both ways as the server does', async () => {
		const page = await world().owner();
		await openJobs( world(), page );
		for ( const by of [
			'created_at',
			'updated_at',
			'paid_at',
			'completed_at',
			'amount_charged',
			'email',
			'status',
			'payment_status',
		] ) {
			for ( const order of [ 'asc', 'desc' ] ) {
				const jobs = await rest< Row[] >(
					world(),
					page,
					'GET',
					`/smi/v1/jobs?per_page=20&orderby=${ by }&order=${ order }`
				);
				await openJobs( world(), page, `&columns=${ by },attempt_count&orderby=${ by }&order=${ order }` );
				await untilRowsAre( page, ( ids ) => ids.join() === jobs.map( ( job ) => job.job_id ).join() );
				const sorted = page.locator( `th[aria-sort="${ order === 'asc' ? 'ascending' : 'descending' }"]` );
				assert.equal( await sorted.count(), 1, `${ by } ${ order }` );
			}
		}
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
		const second = await untilRowsAre( page, ( ids ) => ids.length > 0 && ids[ 0 ] !== first[ 0 ] );
		assert.ok( second.every( ( id ) => ! first.includes( id ) ) );
		await page.reload();
		await footerOf( page ).waitFor();
		assert.deepEqual( await idsIn( page ), second );
		await openerIn( rowsOf( page ).first() ).click();
		await panelOf( page ).waitFor();
		await page.goBack();
		await panelOf( page ).waitFor( { state: 'detached' } );
		assert.deepEqual( await idsIn( page ), second );
		await page.close();
	} );

	test( 'a page past the end is the last one, and nonsense leaves the address', async () => {
		const page = await world().owner();
		await openJobs( world(), page, '&paged=9999&status=sold&orderby=password&per_page=7&lang=de' );
		const count = await countWhere( world(), '1 = 1' );
		await page.waitForURL( new RegExp( `paged=${ Math.ceil( count / 20 ) }(&|$)` ) );
		assert.doesNotMatch( page.url(), /sold|password|per_page=7/ );
		assert.match( page.url(), /lang=de/ );
		await rowsOf( page ).first().waitFor();
		await page.close();
	} );

	test( 'columns, density and page size are kept for the user, on another machine too; the reset brings the usual back', async () => {
		const page = await world().owner();
		await openJobs( world(), page );
		await page.getByRole( 'button', { name: 'View options' } ).click();
		for ( const size of [ '50', '100', '10' ] ) {
			await page.getByRole( 'radio', { name: size, exact: true } ).click();
			await until(
				`${ size } rows`,
				15,
				async () => ( await rowsOf( page ).count() ) <= Number( size ) && ( await rowsOf( page ).count() ) > 9
			);
		}
		await page.getByRole( 'radio', { name: 'Comfortable' } ).click();
		await page.waitForURL( /density=comfortable/ );
		// Core sends preferences some seconds after the last change.
		await page.waitForTimeout( 4000 );
		const other = await ( await otherMachine( world(), page ) ).newPage();
		await openJobs( world(), other );
		assert.equal( await rowsOf( other ).count(), 10 );
		await other.getByRole( 'button', { name: 'View options' } ).click();
		assert.equal( await other.getByRole( 'radio', { name: 'Comfortable' } ).isChecked(), true );
		await other.context().close();
		await page.getByRole( 'button', { name: 'Reset view' } ).click();
		await until( 'the usual', 10, async () => ! /density|per_page/.test( page.url() ) );
		await page.waitForTimeout( 4000 );
		await page.close();
	} );

	test( 'no request is made for what came with the page, whatever its address', async () => {
		const page = await world().owner();
		const asked: string[] = [];
		page.on(
			'request',
			( request ) => /smi\/v1\/jobs/.test( decodeURIComponent( request.url() ) ) && asked.push( request.url() )
		);
		for ( const place of [
			'',
			'&status=failed&created=last_30_days',
			'&s=%40example.com&payment=paid,refunded&size=4x&per_page=50',
		] ) {
			await openList( world(), page, place );
			await page.waitForTimeout( 1000 );
			assert.deepEqual( asked, [], place );
		}
		await page.close();
	} );

	test( 'a job opens beside the list with its story; Escape closes it and gives the focus back; its address opens it again', async () => {
		const page = await world().owner();
		await openJobs( world(), page );
		const link = openerIn( rowOf( page, BUYER ) );
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
		await untilFocused( link );
		await page.goto( address );
		await panelOf( page ).getByText( BUYER ).first().waitFor();
		await page.close();
	} );

	test( 'on a phone the list can be read and a job opened', async () => {
		const page = await world().owner();
		for ( const width of [ 390, 360 ] ) {
			await page.setViewportSize( { width, height: 844 } );
			await openJobs( world(), page );
			const wide = await page.evaluate( () => document.documentElement.scrollWidth );
			assert.ok( wide <= width, `The page is ${ wide } pixels wide.` );
		}
		await picture( page, 'phone-list' );
		await page.getByRole( 'row' ).or( page.getByRole( 'gridcell' ) ).first().click();
		await panelOf( page ).getByRole( 'heading', { name: 'Money' } ).waitFor();
		await picture( page, 'phone-job' );
		await panelOf( page ).getByRole( 'button', { name: 'Close' } ).click();
		await panelOf( page ).waitFor( { state: 'detached' } );
		await page.close();
	} );
}

/** The same user in a browser that has nothing of the first one but the login. */
export async function otherMachine( { browser }: Pick< World, 'browser' >, page: Page ) {
	const context = await browser.newContext( { viewport: { width: 1440, height: 900 } } );
	const cookies = await page.context().cookies();
	await context.addCookies( cookies );
	return context;
}
