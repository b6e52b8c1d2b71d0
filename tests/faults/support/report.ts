/** The table of docs/reliability.md: fault, test, what the owner sees, seconds to heal. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { REPOSITORY } from '../../../tools/native/root.ts';

const HEAD = [ '| fault | test | what the owner sees | seconds to heal |', '|---|---|---|---|' ];

/**
 * Says how a fault ended. With SMI_FAULTS_REPORT naming a file, the table in it gets this row, in place of an older one; files of tests
 * run one after the other.
 *
 * @param test    The test, whose name begins with `fault N:`.
 * @param owner   What the owner reads meanwhile and afterwards.
 * @param seconds From the end of the disturbance until all was right.
 */
export function healed( test: { name: string }, owner: string, seconds: number ): void {
	const file = process.env[ 'SMI_FAULTS_REPORT' ];
	const [ , number, what ] = /^fault (\d+): (.+)$/.exec( test.name ) ?? [];
	if ( number === undefined || what === undefined ) {
		throw new Error( `The test's name must begin with "fault N: ": ${ test.name }` );
	}
	if ( ! file ) {
		return;
	}
	// Node's runner gives each file a process of its own.
	const where = relative( REPOSITORY, process.argv[ 1 ] ?? '' );
	const row = `| ${ number } | ${ what } (\`${ where }\`) | ${ owner } | ${ seconds.toFixed( 1 ) } |`;
	const known = existsSync( file ) ? readFileSync( file, 'utf8' ).split( '\n' ) : [];
	const rows = known.filter( ( line ) => /^\| \d/.test( line ) );
	const older = rows.findIndex( ( line ) => line.startsWith( `| ${ number } | ${ what } (` ) );
	rows.splice( older < 0 ? rows.length : older, 1, row );
	rows.sort( ( a, b ) => numberOf( a ) - numberOf( b ) );
	writeFileSync( file, [ ...HEAD, ...rows, '' ].join( '\n' ) );
}

const numberOf = ( row: string ) => Number( /\d+/.exec( row )?.[ 0 ] );

/** Seconds since it was begun. */
export function stopwatch(): () => number {
	const begun = performance.now();
	return () => ( performance.now() - begun ) / 1000;
}
