import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawnGroup } from './groups.ts';

/** A long-running program of the harness, and everything it said. */
export type Service = {
	name: string;
	pid: number;
	output: () => string;
	running: () => boolean;
	stop: () => Promise< void >;
};

export type Finished = { code: number; stdout: string; stderr: string };

const BINARY_FOLDERS = [ '/usr/sbin', '/usr/local/sbin', '/sbin' ];
const KEEP_OUTPUT = 200_000;

/**
 * Finds a program by name, in PATH and in the folders of system programs.
 *
 * @param names Names in order of preference.
 * @return The full path.
 * @throws When none is installed; the message names them.
 */
export async function findBinary( ...names: string[] ): Promise< string > {
	const folders = ( process.env.PATH ?? '' ).split( delimiter ).concat( BINARY_FOLDERS );
	for ( const name of names ) {
		for ( const folder of folders ) {
			const path = join( folder, name );
			if ( await isExecutable( path ) ) {
				return path;
			}
		}
	}
	throw new Error(
		`Not installed: ${ names.join( ' or ' ) }. Install the Debian package that has it; .ci/run lists them all.`
	);
}

async function isExecutable( path: string ): Promise< boolean > {
	return access( path, constants.X_OK ).then(
		() => true,
		() => false
	);
}

/** A TCP port of the loopback address that nobody listens on just now. */
export function freePort(): Promise< number > {
	return new Promise( ( resolve, reject ) => {
		const server = createServer();
		server.once( 'error', reject );
		server.listen( 0, '127.0.0.1', () => {
			const address = server.address();
			const port = typeof address === 'object' && address ? address.port : 0;
			server.close( () => resolve( port ) );
		} );
	} );
}

/**
 * Runs a program to its end.
 *
 * @param command Program.
 * @param args    Arguments.
 * @param options Options of spawn, and `input` for its standard input.
 */
export function run(
	command: string,
	args: string[],
	options: SpawnOptions & { input?: string; echo?: boolean } = {}
): Promise< Finished > {
	const { input, echo, ...rest } = options;
	return new Promise( ( resolve, reject ) => {
		const child = spawnGroup( command, args, { ...rest, stdio: 'pipe' } );
		let stdout = '';
		let stderr = '';
		child.stdout?.on( 'data', ( chunk ) => {
			stdout += chunk;
			if ( echo ) {
				process.stdout.write( chunk );
			}
		} );
		child.stderr?.on( 'data', ( chunk ) => {
			stderr += chunk;
			if ( echo ) {
				process.stderr.write( chunk );
			}
		} );
		child.once( 'error', reject );
		child.once( 'close', ( code ) => resolve( { code: code ?? 1, stdout, stderr } ) );
		// A program that ends without reading its input is not our error.
		child.stdin?.on( 'error', () => {} );
		child.stdin?.end( input ?? '' );
	} );
}

/** Like `run`, but an exit code other than 0 is an error with the output. */
export async function runOrThrow(
	command: string,
	args: string[],
	options: SpawnOptions & { input?: string } = {}
): Promise< string > {
	const { code, stdout, stderr } = await run( command, args, options );
	if ( code !== 0 ) {
		throw new Error( `${ command } ended with ${ code }:\n${ stderr }${ stdout }` );
	}
	return stdout;
}

/** Starts a program that stays, and collects what it says. */
export function startService( name: string, command: string, args: string[], options: SpawnOptions = {} ): Service {
	const child = spawnGroup( command, args, {
		...options,
		stdio: [ 'ignore', 'pipe', 'pipe' ],
	} );
	let text = '';
	const keep = ( chunk: Buffer ) => {
		text = ( text + chunk ).slice( -KEEP_OUTPUT );
	};
	child.stdout?.on( 'data', keep );
	child.stderr?.on( 'data', keep );
	child.on( 'error', ( error ) => keep( Buffer.from( error.message ) ) );
	const running = () => child.exitCode === null && child.signalCode === null;
	return {
		name,
		pid: child.pid ?? 0,
		output: () => text,
		running,
		stop: () => stopChild( child, running ),
	};
}

async function stopChild( child: ChildProcess, running: () => boolean ): Promise< void > {
	for ( const signal of [ 'SIGTERM', 'SIGKILL' ] as const ) {
		if ( ! running() ) {
			return;
		}
		child.kill( signal );
		for ( let waited = 0; waited < 10_000 && running(); waited += 50 ) {
			await sleep( 50 );
		}
	}
}

/**
 * Waits until a check says yes. A service for which it never does is stopped.
 *
 * @param service   What is being waited for; its end is an error at once.
 * @param check     Answers whether it is there.
 * @param timeoutMs Patience.
 */
export async function waitFor(
	service: Service,
	check: () => Promise< boolean >,
	timeoutMs = 60_000
): Promise< void > {
	const end = Date.now() + timeoutMs;
	while ( ! ( await check() ) ) {
		if ( ! service.running() || Date.now() > end ) {
			await service.stop();
			throw new Error( `${ service.name } did not start:\n${ service.output() }` );
		}
		await sleep( 50 );
	}
}
