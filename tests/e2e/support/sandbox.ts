/** The sandbox of `npm start`, on ports and in a folder of its own, with a browser. */
import { rmSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startSandbox } from '../../../tools/sandbox/start-sandbox.ts';
import { freePorts } from '../../sale/shop.ts';
import { launchBrowser, visitors, type Visitors } from './browser.ts';

/** WordPress in WebAssembly takes seconds where PHP takes a tenth of one. */
const PATIENCE_MS = 90_000;

export interface SandboxWorld extends Visitors {
	site: { url: string };
	browser: Browser;
	/** What PHP wrote into its log. */
	log: () => Promise< string >;
	stop: () => Promise< void >;
}

/** Takes a minute. The owner comes in as its guide says: by the address that logs in. */
export async function openSandbox(): Promise< SandboxWorld > {
	const dir = await mkdtemp( join( tmpdir(), 'smi-e2e-sandbox-' ) );
	const clean = () => rmSync( dir, { recursive: true, force: true, maxRetries: 5 } );
	process.once( 'exit', clean );
	const sandbox = await startSandbox( { port: await freePorts(), dir } );
	const browser = await launchBrowser().catch( async ( error: unknown ) => {
		await sandbox.stop();
		throw error;
	} );
	return {
		site: { url: sandbox.urls.wordpress },
		browser,
		...visitors( browser, async ( page ) => void ( await page.goto( sandbox.urls.login ) ), PATIENCE_MS ),
		log: () => readFile( join( dir, 'debug.log' ), 'utf8' ).catch( () => '' ),
		stop: async () => {
			await browser.close();
			await sandbox.stop();
			clean();
		},
	};
}
