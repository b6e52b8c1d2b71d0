/** What a failed browser test leaves to look at. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'node:test';
import type { Page } from 'playwright-core';
import { consoleOf } from './browser.ts';
import type { World } from './world.ts';

/** What Node gives to a hook; its types do not say so yet. */
interface Ended {
	name: string;
	passed?: boolean;
}

let folder: Promise< string > | undefined;

/**
 * After each test: pictures and console lines when it failed, and no page left open for the next one to stumble over.
 *
 * @param world The world of this file; none when it did not open.
 */
export function watchFailures( world: () => Pick< World, 'browser' | 'allowNothing' > | undefined ): void {
	afterEach( async ( test ) => {
		const opened = world();
		const pages = opened?.browser.contexts().flatMap( ( context ) => context.pages() ) ?? [];
		const { name, passed } = test as unknown as Ended;
		if ( passed === false ) {
			for ( const [ at, page ] of pages.entries() ) {
				await show( page, `${ name.replace( /\W+/g, '-' ).slice( 0, 60 ) }-${ at + 1 }` );
			}
		}
		await Promise.all( pages.map( ( page ) => page.close() ) );
		opened?.allowNothing();
	} );
}

async function show( page: Page, name: string ): Promise< void > {
	folder ??= mkdtemp( join( tmpdir(), 'smi-e2e-failures-' ) );
	const path = join( await folder, `${ name }.png` );
	const isTaken = await page.screenshot( { path, timeout: 5000 } ).then(
		() => true,
		() => false
	);
	const lines = consoleOf( page ).map( ( line ) => `  ${ line }` );
	console.error( [ page.url(), isTaken ? `picture: ${ path }` : 'no picture', ...lines ].join( '\n' ) );
}
