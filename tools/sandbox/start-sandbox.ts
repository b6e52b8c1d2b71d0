/** The whole sandbox in one call, for `npm start` and for tests. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { FriendlyError } from './friendly-error';
import { waitFor } from './http';
import { bridgePart, bridgeSettings, emulatorParts } from './parts';
import { preparePhotographs, type Photograph } from './photographs';
import { requireFreePorts, urlOf } from './ports';
import { connectionString, findPost, publishPhotographs, seedJobs, siteAction, type SiteAction } from './set-up';
import { createSupervisor, type Supervisor } from './supervisor';
import { playgroundPart, prepareSite, type Site } from './wordpress-site';

export interface SandboxOptions {
	/** WordPress's port; the others follow it. */
	port: number;
	/** Where all state lives. */
	dir: string;
	/** Read for SMI_TIME_…, and given to the parts. */
	env?: NodeJS.ProcessEnv;
	/** Hears one line per step. */
	log?: ( line: string ) => void;
}

export interface SandboxUrls {
	wordpress: string;
	bridge: string;
	stripe: string;
	upsampler: string;
	mailbox: string;
	/** Logs in and opens the Jobs screen. */
	login: string;
	/** The post with the photographs. */
	post: string;
}

export interface Sandbox {
	urls: SandboxUrls;
	/** WordPress's version. */
	version: string;
	/** Process ids by part, as in pids.json. */
	pids: () => Record< string, number >;
	stop: () => Promise< void >;
}

const EMULATOR_MS = 60_000;
const WORDPRESS_MS = 120_000;
const BRIDGE_MS = 60_000;

/**
 * Resolves when everything answers and nothing is due.
 *
 * @throws FriendlyError when a port is taken or a part stays silent; nothing is left running then.
 */
export async function startSandbox( options: SandboxOptions ): Promise< Sandbox > {
	const { port: base, log = () => {} } = options;
	const dir = resolve( options.dir );
	const env = options.env ?? process.env;
	await requireFreePorts( base );
	await mkdir( dir, { recursive: true } );
	const supervisor = createSupervisor( dir, log );
	try {
		const { site, post } = await bringUp( { dir, base, env, log, supervisor } );
		return {
			urls: { ...urls( base ), post },
			version: site.version,
			pids: supervisor.pids,
			stop: supervisor.stop,
		};
	} catch ( error ) {
		await supervisor.stop();
		throw error;
	}
}

interface Start {
	dir: string;
	base: number;
	env: NodeJS.ProcessEnv;
	log: ( line: string ) => void;
	supervisor: Supervisor;
}

async function bringUp( start: Start ): Promise< { site: Site; post: string } > {
	const { dir, base, env, log, supervisor } = start;
	for ( const part of emulatorParts( dir, base, env ) ) {
		supervisor.start( part );
	}
	const site = await prepareSite( dir, base, env, log );
	const photographs = await preparePhotographs( site.root, join( dir, 'photographs' ) );
	supervisor.start( playgroundPart( dir, base ) );
	await waitForEmulators( base );
	log( 'Stripe emulator, Upsampler emulator and mailbox are up' );
	const post = await furnish( start, site, photographs );
	return { site, post };
}

async function furnish( start: Start, site: Site, photographs: Photograph[] ): Promise< string > {
	const { dir, base, log } = start;
	const act = siteAction( base, site.token );
	const ping = { method: 'POST', headers: { 'x-smi-sandbox': site.token } };
	await waitFor( `${ urlOf( 'wordpress', base ) }/?smi-do=ping`, WORDPRESS_MS, 'wordpress', ping );
	log( `WordPress ${ site.version } is up` );
	const known = await readFile( join( dir, 'home.txt' ), 'utf8' ).catch( () => '' );
	await requirePlugin( act );
	const post = await ( known ? findPost( act ) : fill( act, start, photographs ) );
	await Promise.all( [ warm( base ), startBridge( act, start ) ] );
	await forgetCalls( base );
	log( 'The bridge is connected' );
	await writeFile( join( dir, 'home.txt' ), urlOf( 'wordpress', base ) );
	return post;
}

async function requirePlugin( act: SiteAction ): Promise< void > {
	const { active } = await act( 'activate' );
	if ( ! active ) {
		throw new FriendlyError(
			'Sell My Images could not be activated: sell-my-images.php is missing from the repository.'
		);
	}
}

/** The first start of a sandbox takes its time here; later ones find everything done. */
async function fill( act: SiteAction, { dir, base, log }: Start, photographs: Photograph[] ): Promise< string > {
	await act( 'settings' );
	const post = await publishPhotographs( act, photographs );
	log( `${ photographs.length } photographs are published` );
	const jobs = await seedJobs( act, dir, base );
	log( `${ jobs } jobs of the last 90 days are there` );
	return post;
}

/** Each of Playground's workers loads WordPress once before it is quick: better now than under the first visitor. */
async function warm( base: number ): Promise< void > {
	const visits = Array.from( { length: 3 }, () =>
		fetch( `${ urlOf( 'wordpress', base ) }/wp-json/`, { redirect: 'manual' } ).then( ( answer ) => answer.text() )
	);
	await Promise.allSettled( visits );
}

async function startBridge( act: SiteAction, { dir, base, env, supervisor }: Start ): Promise< void > {
	const settings = bridgeSettings( await connectionString( act, dir, base ), base );
	const lines = Object.entries( settings ).map( ( [ name, value ] ) => `${ name }=${ value }` );
	await writeFile( join( dir, 'bridge.env' ), `${ lines.join( '\n' ) }\n`, { mode: 0o600 } );
	const part = bridgePart( settings, env );
	if ( ! part ) {
		throw new FriendlyError( 'The bridge is missing: bridge/src/server.ts is not in the repository.' );
	}
	supervisor.start( part );
	await waitFor( `${ urlOf( 'bridge', base ) }/readyz`, BRIDGE_MS, 'bridge' );
}

/** The bridge has introduced itself to Stripe: from here on the emulators count what is sold. */
async function forgetCalls( base: number ): Promise< void > {
	const control = ( name: 'stripe' | 'upsampler' ) => `${ urlOf( name, base ) }/_emulator/calls`;
	await Promise.all(
		[ control( 'stripe' ), control( 'upsampler' ) ].map( ( url ) => fetch( url, { method: 'DELETE' } ) )
	);
}

async function waitForEmulators( base: number ): Promise< void > {
	await Promise.all( [
		waitFor( `${ urlOf( 'stripe', base ) }/_emulator/health`, EMULATOR_MS, 'stripe' ),
		waitFor( `${ urlOf( 'upsampler', base ) }/_emulator/health`, EMULATOR_MS, 'upsampler' ),
		waitFor( `${ urlOf( 'mailbox', base ) }/messages`, EMULATOR_MS, 'mailbox' ),
	] );
}

function urls( base: number ): Omit< SandboxUrls, 'post' > {
	return {
		wordpress: urlOf( 'wordpress', base ),
		bridge: urlOf( 'bridge', base ),
		stripe: urlOf( 'stripe', base ),
		upsampler: urlOf( 'upsampler', base ),
		mailbox: urlOf( 'mailbox', base ),
		login: `${ urlOf( 'wordpress', base ) }/?smi-login=1`,
	};
}

/** Forgets everything a sandbox knew. A running one keeps its files: it must be stopped first. */
export async function resetSandbox( dir: string ): Promise< void > {
	const pids = await readFile( join( dir, 'pids.json' ), 'utf8' ).catch( () => '{}' );
	const living = Object.values( JSON.parse( pids ) as Record< string, number > ).filter( isRunning );
	if ( living.length > 0 ) {
		throw new FriendlyError(
			'The sandbox is running. Stop it first (Ctrl-C where it was started), then reset it.'
		);
	}
	await rm( dir, { recursive: true, force: true } );
}

function isRunning( pid: number ): boolean {
	try {
		process.kill( pid, 0 );
		return true;
	} catch {
		return false;
	}
}
