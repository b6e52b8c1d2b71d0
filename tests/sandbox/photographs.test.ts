import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { fetchWordPress } from '../../tools/sandbox/fetch-wordpress';
import { jpegName, preparePhotographs, readCatalogue, type Photograph } from '../../tools/sandbox/photographs';

let dir = '';
let wordpress = '';
let photographs: Photograph[] = [];

before( async () => {
	wordpress = ( await fetchWordPress( '7.1' ) ).dir;
	dir = await mkdtemp( join( tmpdir(), 'smi-photographs-' ) );
	photographs = await preparePhotographs( wordpress, dir );
} );
after( () => rm( dir, { recursive: true, force: true } ) );

test( 'there are at least five, each with a title, words for those who cannot see it, and a source', async () => {
	assert.ok( photographs.length >= 5 );
	for ( const { file, title, alt, source } of photographs ) {
		assert.ok( title && alt.length > 20, file );
		assert.match( source, /^https:\/\// );
	}
} );

test( 'the theme itself says that each is in the public domain, with the same source', async () => {
	const { theme } = await readCatalogue();
	const readme = await readFile( join( wordpress, 'wp-content/themes', theme, 'readme.txt' ), 'utf8' );
	const entries = readme.split( /\n\s*\n/ );
	for ( const { file, source } of photographs ) {
		const entry = entries.find( ( text ) => text.split( '\n' ).includes( file ) ) ?? '';
		assert.match( entry, /public domain CC0/, file );
		assert.ok( entry.includes( source ), file );
	}
} );

test( 'they are JPEGs; one is far larger than it is shown, some are small', async () => {
	const sizes = await Promise.all(
		photographs.map( ( photograph ) => sharp( join( dir, jpegName( photograph ) ) ).metadata() )
	);
	assert.deepEqual( [ ...new Set( sizes.map( ( { format } ) => format ) ) ], [ 'jpeg' ] );
	assert.ok(
		Math.max( ...sizes.map( ( { width } ) => width ) ) >= 2800,
		'shown 700 wide, sold 2800 wide without the upscaler'
	);
	assert.ok( Math.min( ...sizes.map( ( { width } ) => width ) ) <= 600 );
} );
