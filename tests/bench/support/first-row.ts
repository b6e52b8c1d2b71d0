/** When a page of the administration is there: its own load event, the first row, and what it asked of REST until then. */
import type { Page, Request } from 'playwright-core';

export interface Load {
	/** All from the start of the navigation, in milliseconds. */
	ttfb: number;
	load: number;
	/** Painted; 0 on a page without rows. */
	row: number;
	/** REST requests that began before the row was painted. */
	requests: string[];
	/** Bytes over the wire of the page and all that it loaded until then. */
	bytes: number;
}

declare global {
	interface Window {
		smiFirstRow?: number;
	}
}

/** Notes the frame in which the first row is painted. */
const WATCH = `
	new MutationObserver( ( _, observer ) => {
		if ( document.querySelector( 'tbody tr [data-open]' ) ) {
			observer.disconnect();
			requestAnimationFrame( () => setTimeout( () => ( window.smiFirstRow = performance.now() ) ) );
		}
	} ).observe( document, { childList: true, subtree: true } );
`;

export async function timeLoad( page: Page, url: string, hasRows: boolean ): Promise< Load > {
	await page.addInitScript( WATCH );
	await page.goto( url, { waitUntil: 'load' } );
	await page.waitForFunction(
		( wanted ) =>
			performance.getEntriesByType( 'navigation' ).some( ( entry ) => entry.toJSON().loadEventEnd > 0 ) &&
			( ! wanted || window.smiFirstRow ),
		hasRows
	);
	return page.evaluate( () => {
		const [ navigation ] = performance.getEntriesByType( 'navigation' ) as PerformanceNavigationTiming[];
		const resources = performance.getEntriesByType( 'resource' ) as PerformanceResourceTiming[];
		const row = window.smiFirstRow ?? 0;
		const until = resources.filter( ( { startTime } ) => ! row || startTime < row );
		return {
			ttfb: navigation?.responseStart ?? 0,
			load: navigation?.loadEventStart ?? 0,
			row,
			requests: until
				.map( ( { name } ) => name )
				.filter( ( name ) => /\/wp-json\/|rest_route=/.test( name ) )
				.map( ( name ) => name.replace( /^.*?\/wp-json/, '' ) ),
			bytes:
				( navigation?.transferSize ?? 0 ) + until.reduce( ( sum, { transferSize } ) => sum + transferSize, 0 ),
		};
	} );
}

export interface Polled {
	requests: string[];
	/** Bodies and headers, both ways. */
	bytes: number;
}

/** What an open screen asks for while nothing happens. */
export async function listen( page: Page, seconds: number ): Promise< Polled > {
	const seen: Request[] = [];
	const keep = ( request: Request ) => void ( request.url().includes( '/wp-json/' ) && seen.push( request ) );
	page.on( 'requestfinished', keep );
	await page.waitForTimeout( seconds * 1000 );
	page.off( 'requestfinished', keep );
	const sizes = await Promise.all( seen.map( ( request ) => request.sizes() ) );
	return {
		requests: seen.map( ( request ) => request.url().replace( /^.*?\/wp-json/, '' ) ),
		bytes: sizes.reduce(
			( sum, size ) =>
				sum + size.requestBodySize + size.requestHeadersSize + size.responseBodySize + size.responseHeadersSize,
			0
		),
	};
}
