/** Accessibility, judged by axe. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = createRequire( import.meta.url ).resolve( 'axe-core/axe.min.js' );
const TAGS = [ 'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice' ];

/** Known in the list component itself: its filter popover has no name, and it cannot be scrolled while loading. */
const UPSTREAM = [
	[ 'aria-dialog-name', 'dataviews-filters__summary-popover' ],
	[ 'scrollable-region-focusable', 'inert' ],
] as const;

/** A menu that is still fading in has too little contrast for a few frames. What turns for ever is not waited for. */
async function allFaded(): Promise< void > {
	const ending = document
		.getAnimations()
		.filter( ( { effect } ) => Number.isFinite( effect?.getComputedTiming().endTime ?? 0 ) );
	const patience = new Promise( ( resolve ) => setTimeout( resolve, 2_000 ) );
	await Promise.race( [ Promise.allSettled( ending.map( ( { finished } ) => finished ) ), patience ] );
}

/** Fails when axe finds anything below a selector that is ours. */
export async function assertAccessible( page: Page, selector: string ): Promise< void > {
	await page.evaluate( await readFile( AXE, 'utf8' ) );
	await page.evaluate( allFaded );
	const violations = await page.evaluate(
		async ( [ within, tags ] ) => {
			const { axe } = window as unknown as { axe: { run: ( ...args: unknown[] ) => Promise< AxeResults > } };
			const found = await axe.run( within, { runOnly: tags, elementRef: true } );
			// Its own excerpt leaves out the classes of what has many.
			return found.violations.map( ( { id, nodes } ) => ( {
				id,
				nodes: nodes.map( ( { element, html, failureSummary } ) => ( {
					html: element?.outerHTML.slice( 0, 500 ) ?? html,
					failureSummary,
				} ) ),
			} ) );
		},
		[ selector, TAGS ] as const
	);
	const ours = violations.flatMap( ( { id, nodes } ) =>
		nodes
			.filter( ( { html } ) => ! UPSTREAM.some( ( [ rule, part ] ) => rule === id && html.includes( part ) ) )
			.map( ( { html, failureSummary } ) => `${ id }: ${ html.slice( 0, 200 ) } ${ failureSummary }` )
	);
	assert.deepEqual( ours, [] );
}
