/** docs/jobs-screen.md promises a test for each line: the promise is kept, its pictures exist, its numbers are the measured ones. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { REPOSITORY } from '../../tools/native/root.ts';
import { TASKS } from '../e2e/support/task-counts.ts';

const GUIDE = 'docs/jobs-screen.md';

const read = ( path: string ) => readFileSync( join( REPOSITORY, path ), 'utf8' );

/** Rows of the tables that have a column of proofs, without their heads. */
function provenRows( guide: string ): string[][] {
	const rows: string[][] = [];
	let isProof = false;
	for ( const line of guide.split( '\n' ) ) {
		const cells = line.startsWith( '|' ) ? line.split( '|' ).map( ( cell ) => cell.trim() ) : [];
		if ( cells.includes( 'Proof' ) || ! cells.length ) {
			isProof = cells.includes( 'Proof' );
		} else if ( isProof && ! /^\|[-| ]+$/.test( line ) ) {
			rows.push( cells.slice( 1, -1 ) );
		}
	}
	return rows;
}

/** `` `tests/a.ts` “one”, “two”; `tests/b.php` “test_three” `` as pairs of a file and a name. */
function proofs( cell: string ): [ string, string ][] {
	let file = '';
	return [ ...cell.matchAll( /`(tests\/[^`]+)`|“([^”]+)”/g ) ].flatMap( ( [ , path, name ] ) => {
		file = path ?? file;
		return name ? [ [ file, name ] as [ string, string ] ] : [];
	} );
}

function isThere( file: string, name: string ): boolean {
	if ( ! existsSync( join( REPOSITORY, file ) ) ) {
		return false;
	}
	const source = read( file ).replaceAll( "\\'", "'" );
	return file.endsWith( '.php' )
		? source.includes( `function ${ name }(` )
		: [ `'`, `"`, '`' ].some( ( quote ) => source.includes( `${ quote }${ name }${ quote },` ) );
}

test( 'each line of the Jobs screen’s guide names tests that exist', () => {
	const rows = provenRows( read( GUIDE ) );
	assert.ok( rows.length > 30, `${ rows.length } lines` );
	for ( const row of rows ) {
		assert.ok( proofs( row.at( -1 ) ?? '' ).length > 0, `Without a proof: ${ row[ 0 ] }` );
	}
	const missing = rows
		.flatMap( ( row ) => proofs( row.at( -1 ) ?? '' ) )
		.filter( ( [ file, name ] ) => ! isThere( file, name ) );
	assert.deepEqual( missing, [] );
} );

test( 'a test that does not exist is noticed', () => {
	const [ row ] = provenRows(
		'| Line | Proof |\n|---|---|\n| Lists | `tests/build/guides.test.ts` “no such test” |\n'
	);
	assert.deepEqual( proofs( row?.at( -1 ) ?? '' ), [ [ 'tests/build/guides.test.ts', 'no such test' ] ] );
	assert.ok( ! isThere( 'tests/build/none.test.ts', 'x' ) );
	assert.ok( ! isThere( 'tests/build/lanes.test.ts', 'no such test' ) );
	assert.ok( isThere( 'tests/build/guides.test.ts', 'a test that does not exist is noticed' ) );
} );

test( 'the pictures of all guides exist', () => {
	for ( const guide of [ 'README.md', GUIDE ] ) {
		const folder = guide.includes( '/' ) ? 'docs' : '';
		for ( const [ , path ] of read( guide ).matchAll( /!\[[^\]]*\]\(([^)]+)\)/g ) ) {
			assert.ok( existsSync( join( REPOSITORY, folder, path ?? '' ) ), `${ guide }: ${ path }` );
		}
	}
} );

test( 'the guide says as many clicks as the browser tests count', () => {
	const guide = read( GUIDE );
	for ( const { words, clicks, fields } of Object.values( TASKS ) ) {
		assert.ok( guide.includes( `| ${ words } | ${ clicks } | ${ fields } |` ), words );
	}
} );
