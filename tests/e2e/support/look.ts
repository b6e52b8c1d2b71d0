/**
 * What flows look at and wait for, on the Jobs screen and in REST:
 *
 * - `openJobs( world, page, '&status=failed' )`, `openJob( world, page, id )`, `panelOf( page )`
 * - `rowsOf( page )`, `rowOf( page, 'nina@' )`, `openerIn( row )`, `footerOf( page )`, `countIn( page )`,
 *   `waitForCount( page, 12 )`, `idsIn( page )`, `untilRowsAre( page, ids => … )`
 * - `snackbarOf( page, /saved/i )`, `untilFocused( locator )`, `arrowTo( page, item )`, `dialogOf( page, /^Refund/ )`
 * - `rest( world, page, 'GET', '/smi/v1/jobs?…' )`, `untilRest( … )`: the server's own word, as this page's user
 * - `idsWhere( world, "status = 'failed'", 3 )`, `countWhere( world, … )`: the database's own word
 * - `assertAccessible( page, selector )`, `picture( page, name )`
 *
 * After a test that failed, a picture of each open page and its last console lines are printed by themselves, and pages
 * that a test leaves open are closed (`failures.ts`). A test that provokes an error on purpose says so:
 * `world().allow( /status of 412/ )`, for that test only; 400 and 409 need no word.
 */
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { REPOSITORY } from '../../../tools/native/root.ts';
import type { Site } from './site.ts';
import { until } from '../../helpers/until.ts';

/** Of a world, what looking needs: the sandbox has no more. */
interface Visited {
	site: Pick< Site, 'url' >;
}

interface Native {
	site: Pick< Site, 'wp' >;
}

export { assertAccessible } from './axe.ts';

/** Keeps a picture for the guides, small, when SMI_E2E_PICTURES is set: an ordinary run must not change the work tree. */
export async function picture( page: Page, name: string ): Promise< void > {
	const folder = process.env[ 'SMI_E2E_PICTURES' ];
	if ( ! folder ) {
		return;
	}
	const into = join( REPOSITORY, folder );
	await mkdir( into, { recursive: true } );
	const shot = await page.screenshot();
	await writeFile(
		join( into, `${ name }.png` ),
		await sharp( shot ).png( { palette: true, quality: 80, effort: 8 } ).toBuffer()
	);
}

/** Opens the Jobs screen at a place and waits for its rows. */
export async function openJobs( { site }: Visited, page: Page, place = '' ): Promise< void > {
	await page.goto( `${ site.url }/wp-admin/admin.php?page=smi-jobs${ place }` );
	await page.getByRole( 'heading', { name: 'Jobs', level: 1 } ).waitFor();
	await footerOf( page ).waitFor();
}

/** Opens the Jobs screen with one job beside the list. */
export async function openJob( world: Visited, page: Page, id: string, place = '' ): Promise< Locator > {
	await openJobs( world, page, `${ place }&job=${ id }` );
	await panelOf( page ).getByRole( 'heading', { name: 'Money' } ).waitFor();
	return panelOf( page );
}

export const panelOf = ( page: Page ) => page.getByRole( 'complementary', { name: 'Job', exact: true } );

export const dialogOf = ( page: Page, name: string | RegExp ) => page.getByRole( 'dialog', { name } );

/** The line that counts the jobs of this list. */
export const footerOf = ( page: Page ) => page.getByText( /^(More than )?\d[\d,]* jobs? · times in/ );

/** How many jobs the list says it has. */
export const countIn = async ( page: Page ): Promise< number > =>
	Number( ( await footerOf( page ).innerText() ).replace( /\D*(\d[\d,]*).*/s, '$1' ).replaceAll( ',', '' ) );

export const waitForCount = ( page: Page, count: number, seconds = 15 ): Promise< true > =>
	until( `${ count } jobs`, seconds, async () => ( await countIn( page ) ) === count );

/** How much wider what is in it is than its own room. */
export const overhang = ( box: Locator ): Promise< number > =>
	box.evaluate( ( { scrollWidth, clientWidth } ) => scrollWidth - clientWidth );

/** How much wider than its window the page is. */
export const pageOverhang = ( page: Page ): Promise< number > => overhang( page.locator( 'html' ) );

export const rowsOf = ( page: Page ) => page.locator( 'tbody tr' );

export const rowOf = ( page: Page, text: string | RegExp ) => rowsOf( page ).filter( { hasText: text } );

/** The link of a row that opens its job; the picture's own link to the same place is hidden from the keyboard. */
export const openerIn = ( within: Locator | Page ) => within.locator( 'a[data-open]:not([tabindex="-1"])' );

/** Ids of the visible jobs, in order. */
export const idsIn = async ( page: Page ): Promise< string[] > =>
	(
		await openerIn( page ).evaluateAll( ( links ) => links.map( ( link ) => link.getAttribute( 'data-open' ) ) )
	).map( ( id ) => id ?? '' );

/** Waits until the visible jobs are as wanted: while loading, the old ones stay. */
export const untilRowsAre = ( page: Page, what: ( ids: string[] ) => boolean ): Promise< string[] > =>
	until( 'other rows', 15, async () => {
		const ids = await idsIn( page );
		return what( ids ) && ids;
	} );

export const snackbarOf = ( page: Page, text: string | RegExp ) => page.locator( '.smi-snackbars' ).getByText( text );

export const untilFocused = ( element: Locator ): Promise< true > =>
	until( `the focus is on ${ element }`, 5, () => element.evaluate( ( node ) => node === document.activeElement ) );

/** More items than any menu of this screen has. */
const MOST_ITEMS = 25;

const isInside = ( element: Locator ): Promise< boolean > =>
	element.evaluate( ( node ) => node.contains( document.activeElement ) );

/**
 * Presses the arrow until the focus is on a menu's item. The focus comes into a menu a moment after it opened, and moves a moment after a
 * key: a hand waits for that, a program has to be told.
 */
export async function arrowTo( page: Page, item: Locator, key = 'ArrowDown' ): Promise< void > {
	const menu = page.getByRole( 'menu' ).filter( { has: item } );
	await item.waitFor();
	await until( 'the focus is in the menu', 10, () => isInside( menu ) );
	for ( let presses = 0; presses < MOST_ITEMS && ! ( await isInside( item ) ); presses++ ) {
		const before = await page.evaluateHandle( () => document.activeElement );
		await page.keyboard.press( key );
		await until( 'the focus moves', 10, () => before.evaluate( ( node ) => node !== document.activeElement ) );
	}
	assert.ok( await isInside( item ), `${ item } is not reached by ${ key }.` );
}

const nonces = new WeakMap< object, string >();

async function nonceOf( url: string, page: Page ): Promise< string > {
	const user = page.context();
	const nonce =
		nonces.get( user ) ??
		( await ( await page.request.get( `${ url }/wp-admin/admin-ajax.php?action=rest-nonce` ) ).text() );
	nonces.set( user, nonce );
	return nonce;
}

/**
 * Asks REST as the user of a page, past whatever the page has cached.
 *
 * @throws When the answer is not 2xx.
 */
export async function rest< T >(
	{ site }: Visited,
	page: Page,
	method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
	path: string,
	data?: unknown
): Promise< T > {
	const send = async () =>
		page.request.fetch( `${ site.url }/wp-json${ path }`, {
			method,
			headers: { 'x-wp-nonce': await nonceOf( site.url, page ) },
			...( data === undefined ? {} : { data } ),
		} );
	let answer = await send();
	if ( answer.status() === 403 ) {
		// A nonce of an earlier log-in.
		nonces.delete( page.context() );
		answer = await send();
	}
	assert.ok( answer.ok(), `${ method } ${ path }: ${ answer.status() } ${ await answer.text() }` );
	return ( await answer.json() ) as T;
}

/** Asks REST again until it says so, and gives what it said. */
export const untilRest = < T >(
	world: Visited,
	page: Page,
	path: string,
	what: string,
	check: ( answer: T ) => boolean,
	seconds = 30
): Promise< T > =>
	until( what, seconds, async () => {
		const answer = await rest< T >( world, page, 'GET', path );
		return check( answer ) && answer;
	} );

/** How many jobs fulfil a condition in SQL. */
export const countWhere = async ( { site }: Native, condition: string ): Promise< number > =>
	Number( await site.wp( jobsWhere( 'COUNT(*)', condition ) ) );

/** Numbers of the newest jobs that fulfil a condition in SQL: for choosing one that no other flow touches. */
export const idsWhere = async ( { site }: Native, condition: string, limit = 1 ): Promise< string[] > => {
	const found = await site.wp( jobsWhere( 'job_id', `${ condition } ORDER BY created_at DESC LIMIT ${ limit }` ) );
	const ids = found.split( '\n' ).filter( Boolean );
	assert.equal( ids.length, limit, `Not ${ limit } jobs where ${ condition }.` );
	return ids;
};

const jobsWhere = ( column: string, condition: string ) =>
	`global $wpdb; echo implode( "\\n", $wpdb->get_col( "SELECT ${ column } FROM {$wpdb->prefix}smi_jobs WHERE ${ condition }" ) );`;
