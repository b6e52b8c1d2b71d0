import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

const ROOT = join( import.meta.dirname, '../..' );

test( 'docs/security.md names only tests and files that are there, in every row one', async () => {
	const text = await readFile( join( ROOT, 'docs/security.md' ), 'utf8' );
	const named = [ ...text.matchAll( /`((?:tests|bridge|plugin)\/[\w./-]+)`/g ) ].map( ( [ , path = '' ] ) => path );
	assert.ok( new Set( named ).size > 30 );
	assert.deepEqual(
		named.filter( ( path ) => ! existsSync( join( ROOT, path ) ) ),
		[]
	);
	const rows = text.split( '\n' ).filter( ( line ) => /^\| (?!secret|reaches|who \||what \||-)/.test( line ) );
	const secrets = text.slice( text.indexOf( '## What is secret' ), text.indexOf( 'Held by planting' ) );
	const without = rows.filter( ( row ) => ! row.includes( '`tests/' ) && ! secrets.includes( row ) );
	assert.deepEqual( without, [] );
	assert.ok( rows.length > 25 );
} );
