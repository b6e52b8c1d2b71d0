/** The bridge as it ships, compiled beside the work tree, in a process of its own: to be watched, stopped and killed. */
import { cp, mkdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../../../tools/native/groups.ts';
import { runOrThrow, startService, waitFor, type Service } from '../../../tools/native/process.ts';
import { REPOSITORY } from '../../../tools/native/root.ts';

/** As in the image. */
const AS_SHIPPED = { NODE_ENV: 'production', MALLOC_ARENA_MAX: '2' };
/** Hangs after it. */
const LONGEST_STOP_MS = 60_000;

/** Compiles the bridge; the file to run, and how to remove it all. */
export async function compileBridge(): Promise< { entry: string; remove: () => void } > {
	const { path, remove } = await temporaryFolder( 'smi-bench-bridge-' );
	const at = join( path, 'bridge' );
	await mkdir( at );
	await cp( join( REPOSITORY, 'bridge/package.json' ), join( at, 'package.json' ) );
	await symlink( join( REPOSITORY, 'node_modules' ), join( path, 'node_modules' ) );
	await symlink( join( REPOSITORY, 'bridge/node_modules' ), join( at, 'node_modules' ) );
	const compiler = join( REPOSITORY, 'node_modules/typescript/bin/tsc' );
	const options = [ '-p', 'bridge/tsconfig.json', '--outDir', join( at, 'dist' ), '--sourceMap', 'false' ];
	await runOrThrow( process.execPath, [ compiler, ...options ], { cwd: REPOSITORY } );
	return { entry: join( at, 'dist/server.js' ), remove };
}

export class BridgeProcess {
	#service: Service | null = null;
	/** What earlier processes said. */
	#said: string[] = [];

	constructor(
		readonly entry: string,
		readonly env: Record< string, string >,
		readonly url: string
	) {}

	/** Starts it, and waits until the site knows it unless told not to. */
	async start( isAwaited = true ): Promise< void > {
		const env = { ...process.env, ...AS_SHIPPED, ...this.env };
		this.#service = startService( 'bridge', process.execPath, [ this.entry ], { env } );
		if ( isAwaited ) {
			const isReady = () =>
				fetch( `${ this.url }/readyz` ).then(
					( { ok } ) => ok,
					() => false
				);
			await waitFor( this.#service, isReady );
		}
	}

	/** Sends a signal; milliseconds until the process was gone. */
	async end( signal: 'SIGTERM' | 'SIGKILL' ): Promise< number > {
		const service = this.#service;
		if ( ! service?.running() ) {
			throw new Error( `The bridge is not running:\n${ service?.output().slice( -3000 ) ?? '' }` );
		}
		const startedAt = performance.now();
		process.kill( service.pid, signal );
		while ( service.running() ) {
			if ( performance.now() - startedAt > LONGEST_STOP_MS ) {
				process.kill( service.pid, 'SIGKILL' );
			}
			await new Promise( ( go ) => setTimeout( go, 5 ) );
		}
		this.#said.push( service.output() );
		return performance.now() - startedAt;
	}

	get isRunning(): boolean {
		return this.#service?.running() ?? false;
	}

	/** Megabytes that it holds now, or held at most. */
	async memory( what: 'now' | 'most' = 'now' ): Promise< number > {
		const status = await readFile( `/proc/${ this.#service?.pid ?? 0 }/status`, 'utf8' );
		const name = what === 'now' ? 'VmRSS' : 'VmHWM';
		return Number( new RegExp( `${ name }:\\s+(\\d+) kB` ).exec( status )?.[ 1 ] ) / 1024;
	}

	/** The last part of what all its processes said. */
	get log(): string {
		return [ ...this.#said, this.#service?.output() ?? '' ].join( '' );
	}

	async stop(): Promise< void > {
		await this.#service?.stop();
	}
}
