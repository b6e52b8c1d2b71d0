import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { Socket } from 'node:net';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';

/** What is left to the system when this process is killed outright: reads what there is until the pipe ends, then clears it away. */
const GUARD = `
groups=' '
while read -r word value; do
	case "$word" in
		start) groups="$groups$value " ;;
		end) groups="\${groups%% $value *} \${groups#* $value }" ;;
		folder) set -- "$@" "$value" ;;
	esac
done
for group in $groups; do kill -s KILL -- "-$group"; done 2>/dev/null
for folder; do rm -rf -- "$folder" || { sleep 1; rm -rf -- "$folder"; }; done
`;

const groups = new Set< number >();
const folders = new Set< string >();
let guard: Writable | null = null;

/**
 * Starts a program as the head of a process group of its own. When it ends, or this process does, all that it started ends with it.
 *
 * @param command Program.
 * @param args    Arguments.
 * @param options Options of spawn.
 */
export function spawnGroup( command: string, args: string[], options: SpawnOptions ): ChildProcess {
	const child = spawn( command, args, { ...options, detached: true } );
	const { pid } = child;
	if ( pid !== undefined ) {
		groups.add( pid );
		guard?.write( `start ${ pid }\n` );
		child.once( 'exit', () => {
			groups.delete( pid );
			killGroup( pid );
			guard?.write( `end ${ pid }\n` );
		} );
	}
	return child;
}

/**
 * Makes a temporary folder that does not outlive this process, however that ends: orderly, by an error, by a signal, or killed.
 *
 * @param prefix Beginning of its name.
 * @return Its path, and how to remove it sooner.
 */
export async function temporaryFolder( prefix: string ): Promise< { path: string; remove: () => void } > {
	const path = await mkdtemp( join( tmpdir(), prefix ) );
	if ( folders.size === 0 ) {
		listen( 'on' );
	}
	folders.add( path );
	guard ??= startGuard();
	guard.write( `folder ${ path }\n` );
	return { path, remove: () => removeFolder( path ) };
}

function removeFolder( path: string ): void {
	rmSync( path, { recursive: true, force: true, maxRetries: 5 } );
	folders.delete( path );
	if ( folders.size === 0 ) {
		listen( 'off' );
	}
}

/** Nothing may be awaited on the way out: what is still under way would go on and start more, and a second signal would end all at once. */
function listen( how: 'on' | 'off' ): void {
	process[ how ]( 'exit', clear );
	process[ how ]( 'SIGHUP', leave );
	process[ how ]( 'SIGINT', leave );
	process[ how ]( 'SIGTERM', leave );
}

const leave = ( signal: NodeJS.Signals ) => process.exit( 128 + constants.signals[ signal ] );

function clear(): void {
	groups.forEach( killGroup );
	for ( const path of folders ) {
		rmSync( path, { recursive: true, force: true, maxRetries: 5 } );
	}
}

function killGroup( leader: number ): void {
	try {
		process.kill( -leader, 'SIGKILL' );
	} catch {
		// All of it has ended.
	}
}

function startGuard(): Writable {
	const child = spawn( 'sh', [ '-c', GUARD ], { detached: true, stdio: [ 'pipe', 'ignore', 'ignore' ] } );
	child.unref();
	// It is no reason to stay, and its end is none to fail.
	child.on( 'error', () => {} );
	child.stdin.on( 'error', () => {} );
	if ( child.stdin instanceof Socket ) {
		child.stdin.unref();
	}
	groups.forEach( ( leader ) => child.stdin.write( `start ${ leader }\n` ) );
	return child.stdin;
}
