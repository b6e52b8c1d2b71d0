/** What tests look at: accessibility, pictures for the guides, and the Jobs screen. */
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { REPOSITORY } from '../../../tools/native/root.ts';
import type { World } from './world.ts';

const AXE = createRequire( import.meta.url ).resolve( 'axe-core/axe.min.js' );
const TAGS = [ 'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice' ];

/** Known in the list component itself: its filter popover has no name, and it cannot be scrolled while loading. */
const UPSTREAM = [
	[ 'aria-dialog-name', 'dataviews-filters__summary-popover' ],
	[ 'scrollable-region-focusable', 'inert' ],
] as const;

/** Fails when axe finds anything below a selector that is ours. */
export async function assertAccessible( page: Page, selector: string ): Promise< void > {
	await page.evaluate( await readFile( AXE, 'utf8' ) );
	const { violations } = await page.evaluate(
		( [ within, tags ] ) =>
			( window as unknown as { axe: { run: ( ...args: unknown[] ) => Promise< AxeResults > } } ).axe.run(
				within,
				{
					runOnly: tags,
				}
			),
		[ selector, TAGS ] as const
	);
	const ours = violations.flatMap( ( { id, nodes } ) =>
		nodes
			.filter( ( { html } ) => ! UPSTREAM.some( ( [ rule, part ] ) => rule === id && html.includes( part ) ) )
			.map( ( { html, failureSummary } ) => `${ id }: ${ html.slice( 0, 200 ) } ${ failureSummary }` )
	);
	assert.deepEqual( ours, [] );
}

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
export async function openJobs( { site }: World, page: Page, place = '' ): Promise< void > {
	await page.goto( `${ site.url }/wp-admin/admin.php?page=smi-jobs${ place }` );
	await page.getByRole( 'heading', { name: 'Jobs', level: 1 } ).waitFor();
	await page.getByText( /^\d[\d,]* jobs? · times in/ ).waitFor();
}

export const panelOf = ( page: Page ) => page.getByRole( 'complementary', { name: 'Job', exact: true } );
