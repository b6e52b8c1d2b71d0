/** Titles, addresses and searches as long as they come: nothing lies over anything else, or leaves its place. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import {
	dialogOf,
	idsWhere,
	openerIn,
	openJob,
	openJobs,
	overhang,
	pageOverhang,
	panelOf,
	picture,
} from '../support/look.ts';
import type { World } from '../support/world.ts';

const TITLE =
	'How we spent nine weeks between Ulaanbaatar and the Black Sea without one photograph sharp enough to print: Donaudampfschifffahrtsgesellschaftskapitänsmützen';
const EMAIL =
	'a.rather.long.name.with.many.first.names.and.surnames.from.everywhere@subdomain.of.a.very-long-domain-name-indeed.example.org';
const HEIGHT = 900;

/** Gives a job another title and another customer. */
const rename = ( { site }: World, id: string, title: string, email: string ) =>
	site.wp(
		`$jobs = \\SellMyImages\\Plugin::instance()->jobs(); $job = $jobs->find( '${ id }' ); $old = array( get_post_field( 'post_title', $job->post_id ), $job->email ); wp_update_post( array( 'ID' => $job->post_id, 'post_title' => '${ title }' ) ); $jobs->update( $job, array( 'email' => '${ email }' ) ); echo implode( "\\n", $old );`
	);

/** What sticks out of a box sideways, in words. */
const sticksOut = ( box: Locator ) =>
	box.evaluate( ( outer ) => {
		const { left, right } = outer.getBoundingClientRect();
		return [ ...outer.querySelectorAll( '*' ) ]
			.filter( ( node ) => {
				const place = node.getBoundingClientRect();
				return place.width > 1 && ( place.left < left - 1 || place.right > right + 1 );
			} )
			.map( ( node ) => `${ node.tagName }: ${ node.textContent?.slice( 0, 40 ) }` );
	} );

async function assertListIsTidy( page: Page, id: string ): Promise< void > {
	const cell = page.locator( 'tbody td', { has: page.locator( `a[data-open="${ id }"]` ) } );
	const title = openerIn( page ).and( page.locator( `[data-open="${ id }"]` ) );
	const [ inside, room ] = await Promise.all( [ title.boundingBox(), cell.boundingBox() ] );
	assert.ok( inside && room && inside.x + inside.width <= room.x + room.width, 'The title leaves its column.' );
	assert.ok( inside.width > 100, 'There is no room for the title.' );
	assert.equal( await title.getAttribute( 'title' ), TITLE );
}

export function longNamesTests( world: () => World ): void {
	test( 'long titles and addresses keep to their places, in the list, a job, and its dialogs', async () => {
		const page = await world().owner();
		const [ id = '' ] = await idsWhere(
			world(),
			"status = 'completed' AND payment_status = 'paid' AND attention IS NULL AND stripe_payment_intent_id IS NOT NULL"
		);
		const [ title = '', email = '' ] = ( await rename( world(), id, TITLE, EMAIL ) ).split( '\n' );
		try {
			await page.setViewportSize( { width: 1440, height: HEIGHT } );
			await openJobs( world(), page );
			assert.ok(
				( await overhang( page.locator( '.dataviews-layout__container' ) ) ) <= 0,
				'Columns are pushed out.'
			);
			await assertListIsTidy( page, id );
			await picture( page, 'long-names' );
			for ( const width of [ 1440, 960, 360 ] ) {
				await page.setViewportSize( { width, height: HEIGHT } );
				await openJobs(
					world(),
					page,
					`&email=${ encodeURIComponent( EMAIL ) }&created=last_month&payment=paid,refunded`
				);
				await page
					.getByRole( 'button', { name: /filter/i } )
					.first()
					.click();
				await page.getByRole( 'button', { name: /^Customer is/ } ).waitFor();
				const crosses = await page.locator( '.dataviews-filters__summary-chip-remove' ).all();
				assert.equal( crosses.length, 3, 'Every filter can be taken away.' );
				for ( const place of await Promise.all( crosses.map( ( cross ) => cross.boundingBox() ) ) ) {
					assert.ok(
						place && place.x + place.width <= width,
						`${ width }: a filter’s cross is out of reach.`
					);
				}
				await openJobs( world(), page, `&s=${ encodeURIComponent( EMAIL ) }` );
				assert.ok( ( await pageOverhang( page ) ) <= 0, `${ width }: the page scrolls sideways.` );
				await page.getByRole( 'button', { name: 'Export…' } ).first().click();
				await dialogOf( page, 'Export jobs' ).getByText( '1 job: found by' ).waitFor();
				assert.deepEqual( await sticksOut( dialogOf( page, 'Export jobs' ) ), [], `${ width }` );
				await openJob( world(), page, id );
				assert.equal(
					await overhang( panelOf( page ).locator( '.smi-panel__body' ) ),
					0,
					`${ width }: the job.`
				);
				await panelOf( page ).getByRole( 'button', { name: 'Refund…' } ).click();
				const refund = dialogOf( page, `Refund ${ EMAIL }` );
				await refund.getByRole( 'radio', { name: 'Part of it' } ).waitFor();
				assert.deepEqual( await sticksOut( refund ), [], `${ width }` );
				await picture( page, `long-names-refund-${ width }` );
			}
		} finally {
			await rename( world(), id, title, email );
		}
	} );
}
