import type { FastifyInstance } from 'fastify';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../shared/app.ts';
import { CallLog } from '../shared/calls.ts';
import { Clock } from '../shared/clock.ts';
import { addControlRoutes } from '../shared/control.ts';
import { FaultList } from '../shared/faults.ts';
import { addSettingsRoutes, drawLatency, Settings } from '../shared/settings.ts';
import { watchTraffic } from '../shared/traffic.ts';
import { addApiRoutes } from './api.ts';
import { addUpsamplerControl, Next } from './control.ts';
import { Jobs } from './jobs.ts';
import { Gate } from './limits.ts';
import { OwnOrigin, type ResultsOrigin } from './own-origin.ts';
import { addResultRoutes } from './results.ts';
import { DEFAULTS, settingsSchema, type UpsamplerSettings } from './settings.ts';
import { Worker } from './worker.ts';

export interface UpsamplerEmulatorOptions {
	/** Keeps jobs and results over a restart; by default results lie in a temporary folder until close. */
	stateDir?: string;
	publicUrl?: string;
	/** The only key that is accepted; by default any. */
	apiKey?: string;
	queueMs?: number;
	workMs?: number;
	/** How it behaves, where not as the real one: see `settings.ts`. */
	settings?: Partial< UpsamplerSettings >;
	/** Where results lie, if on another origin than the API. */
	results?: ResultsOrigin;
	now?: () => number;
}

const QUEUE_MS = 400;
const WORK_MS = 600;

function listeningUrl( app: FastifyInstance ): string {
	const address = app.addresses()[ 0 ];
	return `http://127.0.0.1:${ typeof address === 'object' ? address.port : 0 }`;
}

/** A local stand-in for Upsampler that really enlarges pictures. Nothing listens yet. */
export function buildUpsamplerEmulator( options: UpsamplerEmulatorOptions = {} ): FastifyInstance {
	const app = createApp();
	const temporary = options.stateDir === undefined ? mkdtempSync( join( tmpdir(), 'smi-upsampler-' ) ) : null;
	const resultsDir = temporary ?? join( String( options.stateDir ), 'upsampler-results' );
	const publicUrl = () => ( options.publicUrl ?? listeningUrl( app ) ).replace( /\/$/, '' );
	const clock = new Clock( options.now );
	const jobs = new Jobs(
		clock,
		options.stateDir === undefined ? undefined : join( options.stateDir, 'upsampler-emulator.json' )
	);
	const settings: Settings< UpsamplerSettings > = new Settings( DEFAULTS, options.settings, () => {
		jobs.settings = settings.saved();
		jobs.changed();
	} );
	settings.restore( jobs.settings );
	// Where addresses lead on, the first is the API's own.
	const resultsUrl = () => ( own === null || settings.now.results_redirects > 0 ? publicUrl() : own.url );
	const worker = new Worker( {
		jobs,
		resultsDir,
		resultsUrl,
		webhookMethod: () => settings.now.webhook_method,
		queueMs: options.queueMs ?? QUEUE_MS,
		workMs: options.workMs ?? WORK_MS,
	} );
	const [ calls, faults, next ] = [ new CallLog(), new FaultList(), new Next() ];

	const addResults = ( place: FastifyInstance ): void =>
		addResultRoutes( place, {
			jobs,
			worker,
			settings: () => settings.now,
			resultsUrl: () => own?.url ?? publicUrl(),
		} );
	const own = options.results === undefined ? null : new OwnOrigin( options.results, faults, addResults );

	watchTraffic( app, {
		latencyMs: () => drawLatency( settings.now.latency_ms ),
		calls,
		faults,
		isApi: ( url ) => url.startsWith( '/api/' ),
		defaultBody: ( status ) => ( { error: `The emulator was told to answer ${ status }.` } ),
	} );
	addControlRoutes( app, {
		calls,
		clock,
		faults,
		onFaultsCleared: () => next.clear(),
		onClockMoved: () => jobs.changed(),
	} );
	addUpsamplerControl( app, jobs, next );
	addSettingsRoutes( app, settings, settingsSchema );
	app.get( '/_emulator/results', async () => ( {
		origin: own?.url ?? publicUrl(),
		certificate: own?.tls?.cert ?? null,
	} ) );
	addResults( app );
	addApiRoutes( app, {
		jobs,
		worker,
		gate: new Gate( jobs, () => settings.now, clock ),
		settings: () => settings.now,
		resultsUrl,
		takeNext: () => next.take(),
		apiKey: options.apiKey,
	} );

	app.addHook( 'onReady', async () => own?.listen() );
	app.addHook( 'onReady', async () =>
		jobs
			.unfinished()
			.filter( ( job ) => job.input !== null )
			.forEach( ( job ) => worker.start( job, null ) )
	);
	app.addHook( 'onClose', async () => {
		await worker.stop();
		await own?.close();
		jobs.close();
		if ( temporary !== null ) {
			rmSync( temporary, { recursive: true, force: true } );
		}
	} );
	return app;
}
