import { spawn, type SpawnOptions } from 'node:child_process';
import { FriendlyError } from './friendly-error';

const KEPT = 2_000;

/**
 * Runs a program to its end, quietly.
 *
 * @throws FriendlyError with the end of what it said, when it is missing or fails.
 */
export async function run( command: string, args: string[], options: SpawnOptions = {} ): Promise< void > {
	await capture( command, args, options );
}

/** The same, and returns what it wrote. */
export function capture( command: string, args: string[], options: SpawnOptions = {} ): Promise< string > {
	return new Promise( ( resolve, reject ) => {
		const child = spawn( command, args, { ...options, stdio: [ 'ignore', 'pipe', 'pipe' ] } );
		let out = '';
		let err = '';
		child.stdout?.on( 'data', ( data: Buffer ) => ( out += data.toString() ) );
		child.stderr?.on( 'data', ( data: Buffer ) => ( err += data.toString() ) );
		child.once( 'error', ( error: NodeJS.ErrnoException ) =>
			reject( new FriendlyError( error.code === 'ENOENT' ? `${ command } is not installed` : error.message ) )
		);
		child.once( 'close', ( code ) =>
			code === 0
				? resolve( out )
				: reject( new FriendlyError( `${ command } failed: ${ ( err.trim() || out.trim() ).slice( -KEPT ) }` ) )
		);
	} );
}
