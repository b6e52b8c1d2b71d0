/** Everybody can use the screen: in every state, colour, direction, language and width. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { read } from '../../../tools/build/i18n-catalog.mjs';
import { REPOSITORY } from '../../../tools/native/root.ts';
import { openWardrobe, putOn } from '../support/dress.ts';
import { assertAccessible, openJobs, pageOverhang, panelOf, picture } from '../support/look.ts';
import type { World } from '../support/world.ts';
import { eachEmptyTab, openPaidJob, STATES } from './quality-states.ts';

const COLOURS = [ 'fresh', 'modern', 'midnight', 'light', 'blue', 'coffee', 'ectoplasm', 'ocean', 'sunrise' ];
const WIDTHS = [ 360, 390, 600, 782, 960, 1280, 1440, 1920, 2560 ];
const HEIGHT = 900;
const WIDE = 1440;

/** Console lines of answers that a state makes up. */
const MADE_UP = /status of (403|404|500|503)/;

const addressOf = ( { site }: World, job: string | null ) =>
	`${ site.url }/wp-admin/admin.php?page=smi-jobs&status=completed${ job ? `&job=${ job }` : '' }`;

const jobIn = ( page: Page ) => new URL( page.url() ).searchParams.get( 'job' );

/** Whether a pointer in its middle meets the control, and nothing that lies over it. */
const isWithinReach = ( control: Locator ) =>
	control.evaluate( ( node ) => {
		const { x, y, width, height } = node.getBoundingClientRect();
		const met = document.elementFromPoint( x + width / 2, y + height / 2 );
		return met !== null && ( node.contains( met ) || met.contains( node ) );
	} );

const settle = ( page: Page ) => page.waitForTimeout( 400 );

/** A suite of its own: hooks of a file would not wait for the world. */
export function qualityTests( world: () => World ): void {
	void describe( 'the quality of the screen', () => suite( world ) );
}

function suite( world: () => World ): void {
	let undress: () => Promise< void >;
	before( async () => {
		undress = await openWardrobe( world().site );
	} );
	after( () => undress() );

	for ( const state of STATES ) {
		test( `everybody can use ${ state.name }`, async () => {
			world().allow( MADE_UP );
			const page = await world().owner();
			await page.setViewportSize( { width: state.width ?? WIDE, height: HEIGHT } );
			await state.enter( world(), page );
			await settle( page );
			await assertAccessible( page, state.within );
			assert.ok( ( await pageOverhang( page ) ) <= 0, 'The page scrolls sideways.' );
			await picture( page, `state-${ state.name.replace( /\W+/g, '-' ) }` );
			await page.close();
		} );
	}

	test( 'everybody can use every tab with nothing in it', async () => {
		const page = await world().owner();
		await eachEmptyTab( world(), page, async ( tab ) => {
			await assertAccessible( page, '.smi-jobs' );
			await picture( page, `empty-${ tab.replace( /\W+/g, '-' ) }` );
		} );
		await page.close();
	} );

	test( 'written from right to left all is mirrored, and nothing is cut off', async () => {
		const page = await world().owner();
		await openPaidJob( world(), page );
		const address = addressOf( world(), jobIn( page ) );
		await putOn( page, { direction: 'rtl' } );
		await page.goto( address );
		await panelOf( page ).getByRole( 'heading', { name: 'Money' } ).waitFor();
		assert.equal( await page.locator( 'html' ).getAttribute( 'dir' ), 'rtl' );
		assert.ok( await page.locator( 'link[href*="/build/jobs/style-index-rtl.css"]' ).count() );
		const [ panel, list ] = await Promise.all( [
			panelOf( page ).boundingBox(),
			page.locator( '.smi-list' ).boundingBox(),
		] );
		assert.ok( panel && list && panel.x + panel.width <= list.x + 1, 'The panel is not left of the list.' );
		// A comparison shows the original on its left in every direction; its words stand where it does.
		const [ original, enlarged ] = await Promise.all( [
			panelOf( page )
				.getByText( /^Original \d/ )
				.boundingBox(),
			panelOf( page )
				.getByText( /^Enlarged \d/ )
				.boundingBox(),
		] );
		assert.ok( original && enlarged && original.x < enlarged.x, 'The words lie under the other picture.' );
		await assertAccessible( page, '.smi-jobs' );
		assert.ok( ( await pageOverhang( page ) ) <= 0, 'The page scrolls sideways.' );
		await picture( page, 'rtl' );
		await page.close();
	} );

	test( 'every colour scheme of WordPress can be read', async () => {
		const page = await world().owner();
		await openPaidJob( world(), page );
		const address = addressOf( world(), jobIn( page ) );
		for ( const colours of COLOURS ) {
			await putOn( page, { colours } );
			await page.goto( address );
			await panelOf( page ).getByRole( 'heading', { name: 'Money' } ).waitFor();
			assert.ok( await page.locator( `body.admin-color-${ colours }` ).count(), colours );
			await settle( page );
			await assertAccessible( page, '.smi-jobs' );
			await picture( page, `colours-${ colours }` );
		}
		await page.close();
	} );

	test( 'with forced colours the current tab, the focus and the badges are still told apart', async () => {
		const page = await world().owner();
		await page.emulateMedia( { forcedColors: 'active' } );
		await openPaidJob( world(), page );
		const underline = ( selector: string ) =>
			page
				.locator( selector )
				.first()
				.evaluate( ( node ) => {
					const { borderBlockEndColor, backgroundColor } = getComputedStyle( node );
					return [ borderBlockEndColor, backgroundColor ].join();
				} );
		assert.notEqual(
			await underline( '.smi-tabs a[aria-current]' ),
			await underline( '.smi-tabs a:not([aria-current])' )
		);
		const tab = page.locator( '.smi-tabs a' ).nth( 1 );
		await page.locator( '.smi-tabs a' ).first().focus();
		await page.keyboard.press( 'Tab' );
		assert.notEqual( await tab.evaluate( ( node ) => getComputedStyle( node ).outlineStyle ), 'none' );
		const badge = page.locator( 'tbody .smi-badge' ).first();
		const [ ink, paper ] = await badge.evaluate( ( node ) => {
			const { color, backgroundColor } = getComputedStyle( node );
			return [ color, backgroundColor ];
		} );
		assert.notEqual( ink, paper );
		await assertAccessible( page, '.smi-jobs' );
		await picture( page, 'forced-colours' );
		await page.close();
	} );

	test( 'who asked for less motion gets none', async () => {
		const page = await world().owner();
		await page.emulateMedia( { reducedMotion: 'reduce' } );
		await openPaidJob( world(), page );
		const moving = await page.locator( '.smi-jobs, .smi-jobs *' ).evaluateAll( ( nodes ) =>
			nodes
				.filter( ( node ) => {
					const { transitionDuration, animationDuration, animationName } = getComputedStyle( node );
					const times = [ transitionDuration, animationName === 'none' ? '0s' : animationDuration ];
					return times.some( ( list ) => list.split( ',' ).some( ( time ) => parseFloat( time ) > 0.01 ) );
				} )
				.map( ( node ) => `${ node.tagName } ${ node.className }` )
		);
		assert.deepEqual( [ ...new Set( moving ) ], [] );
		await page.close();
	} );

	test( 'at every width all is within reach, and the page never scrolls sideways', async () => {
		const page = await world().owner();
		await openJobs( world(), page );
		for ( const width of WIDTHS ) {
			await page.setViewportSize( { width, height: HEIGHT } );
			await settle( page );
			assert.ok( ( await pageOverhang( page ) ) <= 0, `${ width }: the page scrolls sideways.` );
			for ( const control of [
				page.getByRole( 'searchbox' ),
				page.getByRole( 'button', { name: 'Report', exact: true } ),
				page.getByRole( 'button', { name: 'Export…' } ).first(),
				page.getByRole( 'button', { name: 'View options' } ),
				page.getByRole( 'button', { name: 'Next page' } ),
				page.locator( '.smi-tabs a[aria-current]' ),
			] ) {
				assert.ok( await isWithinReach( control ), `${ width }: ${ control } is out of reach.` );
			}
			await picture( page, `width-${ width }` );
		}
		await page.close();
	} );

	test( 'in German nothing of ours is left in English, and nothing is cut off', async () => {
		const page = await world().owner();
		await openPaidJob( world(), page );
		const job = jobIn( page );
		await putOn( page, { locale: 'de_DE' } );
		const english = await untranslatable();
		for ( const width of [ 1280, 390 ] ) {
			await page.setViewportSize( { width, height: HEIGHT } );
			for ( const at of [ null, job ] ) {
				await page.goto( addressOf( world(), at ) );
				await page.getByRole( 'heading', { name: 'Aufträge', level: 1 } ).waitFor();
				if ( at ) {
					await panelOf( page )
						.or( page.getByRole( 'complementary', { name: 'Auftrag' } ) )
						.getByRole( 'heading', { name: 'Geld' } )
						.waitFor();
				}
				await settle( page );
				assert.deepEqual( await leftIn( page, '.smi-jobs', english ), [], `${ width }` );
				assert.ok( ( await pageOverhang( page ) ) <= 0, `${ width }: the page scrolls sideways.` );
				await picture( page, `german-${ width }${ at ? '-job' : '' }` );
			}
		}
		await page.setViewportSize( { width: WIDE, height: HEIGHT } );
		await page.goto( addressOf( world(), null ) );
		for ( const [ button, within ] of [
			[ 'Ansichtsoptionen', '.smi-jobs' ],
			[ 'Ansichten', '.smi-jobs' ],
			[ 'Exportieren …', '.components-modal__frame' ],
		] as const ) {
			await page.getByRole( 'button', { name: button } ).first().click();
			await settle( page );
			assert.deepEqual( await leftIn( page, within, english ), [], button );
			await picture( page, `german-${ button.replace( /\W+/g, '' ) }` );
			await page.keyboard.press( 'Escape' );
		}
		await page.close();
	} );
}

/** English sentences and words of ours that are something else in German. */
async function untranslatable(): Promise< string[] > {
	const german = await readFile( join( REPOSITORY, 'languages/sell-my-images-de_DE.po' ), 'utf8' );
	return [ ...read( german ).translations.values() ]
		.filter( ( { msgid, msgstr } ) => ! msgid.includes( '%' ) && ! msgstr.includes( msgid ) )
		.map( ( { msgid } ) => msgid );
}

/** Which of them stand somewhere: as a text, a name or a hint. */
const leftIn = ( page: Page, within: string, english: string[] ) =>
	page.locator( `${ within } *` ).evaluateAll( ( nodes, words ) => {
		const known = new Set( words );
		const said = nodes.flatMap( ( node ) => [
			...[ ...node.childNodes ].filter( ( { nodeType } ) => nodeType === 3 ).map( ( text ) => text.textContent ),
			...[ 'aria-label', 'title', 'placeholder', 'alt' ].map( ( name ) => node.getAttribute( name ) ),
		] );
		return [ ...new Set( said.map( ( text ) => text?.trim() ?? '' ).filter( ( text ) => known.has( text ) ) ) ];
	}, english );
