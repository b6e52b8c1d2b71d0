/** Lines of a bench, and how it ends. */
import { loadavg } from 'node:os';

/** The machine's load of the last minute: figures mean little without it. */
export const load = (): string => `load ${ ( loadavg()[ 0 ] ?? 0 ).toFixed( 1 ) }`;

export const say = ( line: string ): void => console.log( `${ new Date().toISOString().slice( 11, 19 ) }  ${ line }` );

/** Says whether something is as it must be; where not, the bench ends with 1. */
export function check( what: string, isSo: boolean, found: unknown = '' ): void {
	const told = found === '' ? '' : `: ${ typeof found === 'string' ? found : JSON.stringify( found ) }`;
	say( `${ isSo ? 'ok    ' : 'BROKEN' }  ${ what }${ told }` );
	process.exitCode = isSo ? process.exitCode : 1;
}
