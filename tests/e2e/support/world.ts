/** Everything a sale needs, once, for all tests of a file: site, emulators, mailbox, bridge and browser. */
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { buildMailbox } from '../../../tools/emulators/mailbox/app.ts';
import { buildStripeEmulator } from '../../../tools/emulators/stripe/app.ts';
import { buildUpsamplerEmulator } from '../../../tools/emulators/upsampler/app.ts';
import { freePort } from '../../../tools/native/process.ts';
import { startBridgeProcess, waitUntilReady, WEBHOOK_SECRET } from '../../helpers/bridge-process.ts';
import { launchBrowser, logInAt, visitors, type Visitors } from './browser.ts';
import { seedJobs, startSite, type Site, type SiteOptions } from './site.ts';

const LOCAL = { host: '127.0.0.1', port: 0 };

export interface World extends Visitors {
	site: Site;
	stripe: string;
	upsampler: string;
	mailbox: string;
	browser: Browser;
	stop: () => Promise< void >;
}

export async function openWorld( options: SiteOptions = {} ): Promise< World > {
	const undo: ( () => Promise< unknown > )[] = [];
	const stop = async () => {
		for ( const step of undo.reverse() ) {
			await step().catch( ( error: unknown ) => console.error( error ) );
		}
	};
	try {
		return { ...( await build( undo, options ) ), stop };
	} catch ( error ) {
		await stop();
		throw error;
	}
}

async function build( undo: ( () => Promise< unknown > )[], options: SiteOptions ): Promise< Omit< World, 'stop' > > {
	const dir = await mkdtemp( join( tmpdir(), 'smi-e2e-' ) );
	const clean = () => rmSync( dir, { recursive: true, force: true } );
	// Also when a signal ends this process before it can tidy up.
	process.once( 'exit', clean );
	undo.push( async () => clean() );
	const bridgePort = await freePort();
	const apps = {
		mailbox: buildMailbox(),
		stripe: buildStripeEmulator( {
			webhookUrl: `http://127.0.0.1:${ bridgePort }/webhooks/stripe`,
			webhookSecret: WEBHOOK_SECRET,
			settings: { webhook_retries: 'quick' },
		} ),
		upsampler: buildUpsamplerEmulator( { workMs: 1500 } ),
	};
	Object.values( apps ).forEach( ( app ) => undo.push( async () => app.close() ) );
	const [ mailbox, stripe, upsampler ] = await Promise.all( [
		apps.mailbox.listen( LOCAL ),
		apps.stripe.listen( LOCAL ),
		apps.upsampler.listen( LOCAL ),
	] );
	const site = await startSite( dir, mailbox, options );
	undo.push( site.stop );
	await seedJobs( site, dir, stripe, upsampler );
	undo.push( await startBridge( site, bridgePort, stripe, upsampler ) );
	const browser = await launchBrowser();
	undo.push( () => browser.close() );
	return { site, stripe, upsampler, mailbox, browser, ...visitors( browser, logInAt( site.url ) ) };
}

async function startBridge( site: Site, port: number, stripe: string, upsampler: string ) {
	const connection = (
		await site.wp( "echo \\SellMyImages\\Plugin::instance()->pairing()->create_connection_string( 'e2e' );" )
	).trim();
	await site.act( 'introduce', { key_id: new URL( connection ).username } );
	const bridge = await startBridgeProcess( { connection, port, stripe, upsampler } );
	await waitUntilReady( bridge );
	return bridge.stop;
}
