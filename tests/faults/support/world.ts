/**
 * A whole shop for tests that disturb it: native WordPress, the emulators, a mailbox, and bridges in processes of their own that are
 * started, stopped and killed at will. Everything between a bridge and the others goes through a gate.
 *
 * - `shop.ts`: `buy`, `pay`, `look`, `waitFor`, and the owner's `job`, `stats`, `events`
 * - `ledger.ts`: what the emulators have seen and hold, and `judge`, which every test ends with
 * - `report.ts`: `healed`, which keeps the table for docs/reliability.md
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { buildMailbox } from '../../../tools/emulators/mailbox/app.ts';
import { buildStripeEmulator } from '../../../tools/emulators/stripe/app.ts';
import { buildUpsamplerEmulator } from '../../../tools/emulators/upsampler/app.ts';
import { temporaryFolder } from '../../../tools/native/groups.ts';
import {
	startBridgeProcess,
	waitUntilReady,
	WEBHOOK_SECRET,
	type BridgeProcess,
	type BridgeSurroundings,
} from '../../helpers/bridge-process.ts';
import { logInOwner, type Fetch } from '../../helpers/owner-session.ts';
import { openGate, type Gate } from './gate.ts';
import { startSite, type Site } from './site.ts';

const LOCAL = { host: '127.0.0.1', port: 0 };

/** So many that no test reaches the end; what is gone was spent. */
export const CREDITS = 1_000_000;

export interface FaultyBridge extends BridgeProcess {
	/** Ends it at once, in the middle of whatever it does, and waits until it is gone. */
	kill: () => Promise< void >;
	/** SIGTERM; how many seconds it took to end. */
	end: () => Promise< number >;
}

export interface World {
	site: Site;
	stripe: string;
	upsampler: string;
	mailbox: string;
	/** The administrator, over REST. */
	owner: Fetch;
	gates: {
		/** From bridges to WordPress. */
		site: Gate;
		/** From bridges to Stripe. */
		stripe: Gate;
		/** From bridges to Upsampler, result files included. */
		upsampler: Gate;
		/** From the providers and WordPress to the bridge: webhooks and pushes. A 502 while there is none. */
		front: Gate;
	};
	/** All that run, oldest first; the front leads to the first of them. */
	bridges: FaultyBridge[];
	/** Starts one (more), and waits until it syncs; `isReady: false` waits until it listens only. */
	startBridge: ( env?: BridgeSurroundings[ 'env' ], how?: { isReady: boolean } ) => Promise< FaultyBridge >;
	/** Gates, faults, and which bridges run, as at the beginning: one that is ready. Durations too, but for those given. */
	calm: ( times?: Record< string, number > ) => Promise< void >;
	stop: () => Promise< void >;
}

export interface WorldOptions {
	/** SMI_TIME_… of the site, without that prefix; `calm` goes back to them. */
	times?: Record< string, number >;
	/** Of every bridge. */
	env?: BridgeSurroundings[ 'env' ];
}

/** Things that mend themselves within a test's patience. */
const TIMES = { SYNC_SLOW: 1, ATTEMPT_FIRST_LOOK: 1, ATTEMPT_POLL: 2, RETRY_FIRST: 1, RETRY_SECOND: 1, SWEEP: 1 };

/** Takes about ten seconds. */
export async function openWorld( options: WorldOptions = {} ): Promise< World > {
	const undo: ( () => Promise< unknown > )[] = [];
	const stop = async () => {
		for ( const step of undo.splice( 0 ).reverse() ) {
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

async function build( undo: ( () => Promise< unknown > )[], options: WorldOptions ): Promise< Omit< World, 'stop' > > {
	const folder = await temporaryFolder( 'smi-faults-' );
	undo.push( async () => folder.remove() );
	const bridges: FaultyBridge[] = [];
	const listen = async ( app: FastifyInstance ) => {
		undo.push( () => app.close() );
		return app.listen( LOCAL );
	};
	const gate = async ( target: () => string | null ) => {
		const opened = await openGate( target );
		undo.push( opened.close );
		return opened;
	};

	const places: Record< string, string > = {};
	const to = ( name: string ) => gate( () => places[ name ] ?? null );
	const gates = {
		site: await to( 'site' ),
		stripe: await to( 'stripe' ),
		upsampler: await to( 'upsampler' ),
		front: await gate( () => bridges.find( ( one ) => one.running() )?.url ?? null ),
	};
	const mailbox = await listen( buildMailbox() );
	const stripe = ( places[ 'stripe' ] = await listen( stripeAt( gates.front.url ) ) );
	const upsampler = ( places[ 'upsampler' ] = await listen( upsamplerAt( gates.upsampler.url ) ) );
	const site = await startSite( folder.path, mailbox );
	undo.push( site.stop );
	places[ 'site' ] = site.url;

	undo.push( async () => void ( await Promise.all( bridges.splice( 0 ).map( ( bridge ) => bridge.stop() ) ) ) );
	const connection = await pair( site, gates.site.port );
	const startBridge: World[ 'startBridge' ] = async ( env = {}, how = { isReady: true } ) => {
		const started = await startBridgeProcess( {
			connection,
			stripe: gates.stripe.url,
			upsampler: gates.upsampler.url,
			env: { BRIDGE_PUBLIC_URL: gates.front.url, ...options.env, ...env },
		} );
		const bridge = { ...started, ...endings( started, bridges ) };
		bridges.push( bridge );
		await ( how.isReady ? waitUntilReady( bridge ) : null );
		return bridge;
	};
	const world = { site, stripe, upsampler, mailbox, gates, bridges, startBridge };
	const calm: World[ 'calm' ] = ( times = {} ) => calmDown( world, { ...TIMES, ...options.times, ...times } );
	await calm();
	return { ...world, calm, owner: await logInOwner( site.url ) };
}

const stripeAt = ( front: string ) =>
	buildStripeEmulator( {
		webhookUrl: `${ front }/webhooks/stripe`,
		webhookSecret: WEBHOOK_SECRET,
		settings: { webhook_retries: 'quick' },
	} );

const upsamplerAt = ( publicUrl: string ) => buildUpsamplerEmulator( { publicUrl, queueMs: 50, workMs: 100 } );

/** Makes the site's connection string, which leads through the gate. */
async function pair( site: Site, port: number ): Promise< string > {
	const connection = new URL(
		(
			await site.wp( "echo \\SellMyImages\\Plugin::instance()->pairing()->create_connection_string( 'faults' );" )
		).trim()
	);
	await site.act( 'introduce', { key_id: connection.username } );
	connection.port = String( port );
	return connection.href;
}

function endings( bridge: BridgeProcess, bridges: FaultyBridge[] ): Pick< FaultyBridge, 'kill' | 'end' | 'stop' > {
	const gone = async ( signal: NodeJS.Signals ) => {
		const begun = performance.now();
		if ( bridge.running() ) {
			process.kill( bridge.pid, signal );
		}
		while ( bridge.running() ) {
			await sleep( 10 );
		}
		await stop();
		return ( performance.now() - begun ) / 1000;
	};
	const stop = async () => {
		await bridge.stop();
		const at = bridges.findIndex( ( { pid } ) => pid === bridge.pid );
		if ( at >= 0 ) {
			bridges.splice( at, 1 );
		}
	};
	return { kill: async () => void ( await gone( 'SIGKILL' ) ), end: () => gone( 'SIGTERM' ), stop };
}

async function calmDown(
	{ site, stripe, upsampler, gates, bridges, startBridge }: Omit< World, 'calm' | 'owner' | 'stop' >,
	times: Record< string, number >
): Promise< void > {
	await site.times( times );
	Object.values( gates ).forEach( ( gate ) => gate.clear() );
	await control( `${ stripe }/_emulator/faults`, undefined, 'DELETE' );
	await control( `${ upsampler }/_emulator/faults`, undefined, 'DELETE' );
	await control( `${ stripe }/_emulator/webhooks`, {} );
	await control( `${ upsampler }/_emulator/credits`, { left: CREDITS } );
	for ( const bridge of bridges.slice( 1 ) ) {
		await bridge.stop();
	}
	await ( bridges.length === 0 ? startBridge() : waitUntilReady( bridges[ 0 ] as FaultyBridge ) );
}

/** Asks an emulator (or the mailbox) for something. */
export async function control< T >( url: string, body?: unknown, method = 'POST' ): Promise< T > {
	const answer = await fetch( url, {
		method,
		...( body === undefined
			? {}
			: { headers: { 'content-type': 'application/json' }, body: JSON.stringify( body ) } ),
	} );
	const text = await answer.text();
	if ( ! answer.ok ) {
		throw new Error( `${ method } ${ url }: ${ answer.status } ${ text.slice( 0, 1000 ) }` );
	}
	return ( text === '' ? null : JSON.parse( text ) ) as T;
}
