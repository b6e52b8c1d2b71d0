/** Starts the sandbox's parts, starts a dead one again, and stops them all. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const RESTART_MS = 200;
/** A part that cannot live is tried again at a calm pace, still inside the promised two seconds. */
const RESTART_SLOW_MS = 1_000;
const HEALTHY_MS = 10_000;
const STOP_MS = 8_000;
const PARENT_WATCH = fileURLToPath( new URL( 'exit-with-parent.cjs', import.meta.url ) );

export interface Part {
	/** The key in pids.json. */
	name: string;
	/** What Node is given: options, script, arguments. */
	args: readonly string[];
	env?: Readonly< Record< string, string > >;
	cwd?: string;
}

export interface Supervisor {
	start: ( part: Part ) => void;
	/** Last started, first stopped: the bridge goes before what it talks to. */
	stop: () => Promise< void >;
	pids: () => Record< string, number >;
}

interface Running {
	part: Part;
	child: ChildProcess;
	startedAt: number;
	timer?: NodeJS.Timeout;
}

/**
 * @param dir Holds pids.json and a log per part.
 * @param log Hears about parts that died.
 */
export function createSupervisor( dir: string, log: ( line: string ) => void ): Supervisor {
	const running = new Map< string, Running >();
	let stopping = false;
	mkdirSync( join( dir, 'logs' ), { recursive: true } );

	const pids = () => {
		const live = [ ...running.values() ].filter( ( { child } ) => isAlive( child ) );
		return Object.fromEntries( live.map( ( { part, child } ) => [ part.name, child.pid ?? 0 ] ) );
	};

	const launch = ( part: Part ) => {
		const child = launchPart( part, dir );
		const entry: Running = { part, child, startedAt: Date.now() };
		running.set( part.name, entry );
		writePids( dir, pids() );
		child.once( 'exit', ( code, signal ) => {
			writePids( dir, pids() );
			if ( ! stopping ) {
				const isHealthy = Date.now() - entry.startedAt > HEALTHY_MS;
				log(
					`${ part.name } ended (${ signal ?? `code ${ code }` }): it is started again, see logs/${ part.name }.log`
				);
				entry.timer = setTimeout( () => launch( part ), isHealthy ? RESTART_MS : restartDelay( part.name ) );
			}
		} );
	};

	/** The first death of a young part is taken as an accident, the next ones as a habit. */
	const deaths = new Map< string, number >();
	const restartDelay = ( name: string ) => {
		const count = ( deaths.get( name ) ?? 0 ) + 1;
		deaths.set( name, count );
		return count > 3 ? RESTART_SLOW_MS : RESTART_MS;
	};

	const stop = async () => {
		stopping = true;
		for ( const { child, timer } of [ ...running.values() ].reverse() ) {
			clearTimeout( timer );
			await end( child );
		}
		writePids( dir, {} );
	};

	return { start: launch, stop, pids };
}

function launchPart( part: Part, dir: string ): ChildProcess {
	const child = spawn( process.execPath, [ '--require', PARENT_WATCH, ...part.args ], {
		...( part.cwd ? { cwd: part.cwd } : {} ),
		env: { ...process.env, ...part.env },
		// Its own group: Ctrl-C reaches the supervisor alone, which then stops the parts in order.
		detached: true,
		stdio: [ 'ignore', 'pipe', 'pipe', 'ipc' ],
	} );
	const out = createWriteStream( join( dir, 'logs', `${ part.name }.log` ), { flags: 'a' } );
	child.stdout?.pipe( out, { end: false } );
	child.stderr?.pipe( out, { end: false } );
	child.once( 'close', () => out.end() );
	child.once( 'error', ( error ) => out.write( `${ error.message }\n` ) );
	return child;
}

function isAlive( child: ChildProcess ): boolean {
	return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

function end( child: ChildProcess ): Promise< void > {
	if ( ! isAlive( child ) ) {
		return Promise.resolve();
	}
	return new Promise( ( resolve ) => {
		const impatience = setTimeout( () => child.kill( 'SIGKILL' ), STOP_MS );
		child.once( 'exit', () => {
			clearTimeout( impatience );
			resolve();
		} );
		child.kill( 'SIGTERM' );
	} );
}

/** Whole or not at all: a test may read it at any moment. */
function writePids( dir: string, pids: Record< string, number > ): void {
	const file = join( dir, 'pids.json' );
	writeFileSync( `${ file }.new`, `${ JSON.stringify( pids, null, '\t' ) }\n` );
	renameSync( `${ file }.new`, file );
}
