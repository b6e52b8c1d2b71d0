/** The people who visit a site: strangers and the owner, each page watched. */
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const KEEP_LINES = 20;

/** A refusal that a test asks for is also a line in the console; the emulator's page has no icon. */
const KNOWN = /status of 4(00|09)|\/favicon\.ico/;

export interface Visitors {
	/** What any page complained about in its console. */
	complaints: string[];
	/** A page of somebody who is not logged in. */
	visit: ( width?: number ) => Promise< Page >;
	/** A page of the owner, logged in. */
	owner: () => Promise< Page >;
	/** The same in a browser of its own: a clock that is turned stays turned for all pages of a browser. */
	ownerAnew: () => Promise< Page >;
	/** Complaints that match are meant, for the test that says so. */
	allow: ( complaint: RegExp ) => void;
	/** Ends what `allow` began. */
	allowNothing: () => void;
}

const said = new WeakMap< Page, string[] >();

/** The last lines of a page's console. */
export const consoleOf = ( page: Page ): readonly string[] => said.get( page ) ?? [];

export const launchBrowser = (): Promise< Browser > =>
	chromium.launch( {
		executablePath: '/usr/bin/chromium',
		// The world itself stops everything, in order.
		handleSIGINT: false,
		handleSIGTERM: false,
		handleSIGHUP: false,
		args: [ '--no-sandbox', '--disable-gpu', '--disable-background-networking' ],
	} );

/**
 * @param browser  Where they look.
 * @param logIn    Logs a new visitor in as the owner.
 * @param patience How long anything may take, in milliseconds.
 */
export function visitors( browser: Browser, logIn: ( page: Page ) => Promise< void >, patience = 15_000 ): Visitors {
	const complaints: string[] = [];
	const allowed: RegExp[] = [];
	let owner: Promise< BrowserContext > | undefined;
	const hear = ( page: Page, line: string, isBad: boolean ) => {
		said.set( page, [ ...consoleOf( page ), line ].slice( -KEEP_LINES ) );
		if ( isBad && ! [ KNOWN, ...allowed ].some( ( pattern ) => pattern.test( line ) ) ) {
			complaints.push( `${ page.url() }: ${ line }` );
		}
	};
	const open = async ( context: BrowserContext ) => {
		const page = await context.newPage();
		page.setDefaultTimeout( patience );
		page.on( 'pageerror', ( error ) => hear( page, error.stack ?? error.message, true ) );
		page.on( 'console', ( line ) =>
			hear( page, `${ line.text() } (${ line.location().url })`, line.type() === 'error' )
		);
		return page;
	};
	const enter = async () => {
		const context = await browser.newContext( { viewport: { width: 1440, height: 900 } } );
		const page = await open( context );
		await logIn( page );
		await page.close();
		return context;
	};
	return {
		complaints,
		visit: async ( width = 1280 ) => open( await browser.newContext( { viewport: { width, height: 800 } } ) ),
		owner: async () => open( await ( owner ??= enter() ) ),
		ownerAnew: async () => open( await enter() ),
		allow: ( complaint ) => allowed.push( complaint ),
		allowNothing: () => allowed.splice( 0 ),
	};
}

/** By WordPress's own form. */
export const logInAt = ( url: string ) => async ( page: Page ) => {
	await page.goto( `${ url }/wp-login.php` );
	await page.getByLabel( 'Username or Email Address' ).fill( 'admin' );
	await page.getByLabel( 'Password', { exact: true } ).fill( 'password' );
	await page.getByRole( 'button', { name: 'Log In' } ).click();
	await page.waitForURL( /wp-admin/ );
};
