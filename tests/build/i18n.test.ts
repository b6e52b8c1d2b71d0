import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { DATAVIEWS_REFERENCE, keyOf, merged, potOf, problemsOf, read } from '../../tools/build/i18n-catalog.mjs';
import { compiledFiles, SCRIPTS } from '../../tools/build/i18n-compile.mjs';
import { extractMessages, phpCalls, scriptCalls } from '../../tools/build/i18n-extract.mjs';
import { check } from '../../tools/build/i18n.mjs';
import { filesBelow } from '../../tools/build/lanes.mjs';
import { REPOSITORY } from '../../tools/native/root.ts';

const all = extractMessages( REPOSITORY );
const keys = new Set( all.map( keyOf ) );

const german = ( ...entries: string[] ) =>
	[ 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n', ...entries ].join( '\n' );

const message = ( id: string, more = {} ) => ( { id, comments: [], references: [ 'plugin/A.php' ], ...more } );

test( 'the template and every language are what the code needs', () => {
	assert.deepEqual( check(), [] );
} );

test( 'reads every way in which PHP marks a string, wherever it stands', () => {
	const found = phpCalls(
		`<?php
		/* translators: %s: a name. */
		$a = sprintf( __( 'Hello %s', 'sell-my-images' ), $b );
		$c = __( 'Next', 'sell-my-images' );
		if ( _x( 'Open', 'verb', 'sell-my-images' ) === $c ) {}
		$d = match ( true ) { default => _n( 'One', 'Many', 2, 'sell-my-images' ) };
		final class A { public function __construct( private readonly string $e ) { echo esc_html__( 'Safe', 'sell-my-images' ); }
			public const F = 1; public function g(): array { return array( 'x' => fn() => _nx( 'A', 'B', 3, 'what', 'sell-my-images' ) ); } }
		__( 'Not ours', 'other' ); __( 'WordPress' );`,
		'plugin/A.php'
	);
	assert.deepEqual( found.map( keyOf ), [ 'Hello %s', 'Next', 'verb\u0004Open', 'One', 'Safe', 'what\u0004A' ] );
	assert.deepEqual( [ found[ 0 ]?.comments, found[ 1 ]?.comments ], [ [ 'translators: %s: a name.' ], [] ] );
	assert.deepEqual( [ found[ 3 ]?.plural, found[ 5 ]?.plural ], [ 'Many', 'B' ] );
} );

test( 'reads TypeScript, JSX and a string in two parts', () => {
	const code = `
		const a = sprintf(
			/* translators: %d: a number. */
			_n( '%d job', '%d jobs', n, 'sell-my-images' ),
			n
		);
		const b = <p title={ _x( 'Link', 'verb', 'sell-my-images' ) }>{ __( 'One ' + 'sentence', 'sell-my-images' ) }</p>;`;
	const found = scriptCalls( [ [ 'admin-src/jobs/a.tsx', code ] ] );
	assert.deepEqual( found.map( keyOf ).sort(), [ '%d job', 'One sentence', 'verb\u0004Link' ] );
	assert.deepEqual( found.find( ( { id } ) => id === '%d job' )?.comments, [ 'translators: %d: a number.' ] );
} );

test( 'misses no string that a plain search of the code finds', async () => {
	const missed: string[] = [];
	for ( const path of [
		join( REPOSITORY, 'sell-my-images.php' ),
		...filesBelow( join( REPOSITORY, 'plugin' ), '.php' ),
		...filesBelow( join( REPOSITORY, 'admin-src' ), '.ts' ),
		...filesBelow( join( REPOSITORY, 'admin-src' ), '.tsx' ),
	] ) {
		const code = await readFile( path, 'utf8' );
		for ( const [ , found = '' ] of code.matchAll( /\b(?:esc_\w+_)?_[_xne]x?\(\s*'((?:[^'\\]|\\.)*)'/g ) ) {
			const id = found.replace( /\\(['\\])/g, '$1' );
			if ( ! all.some( ( known ) => known.id === id ) ) {
				missed.push( `${ path }: ${ id }` );
			}
		}
	}
	assert.deepEqual( missed, [] );
} );

test( 'has the strings of the bundled list, with what they are', () => {
	assert.ok( keys.has( 'Add filter' ) && keys.has( 'View is used as a noun\u0004View options' ) );
	assert.ok( all.filter( ( { references } ) => references.includes( DATAVIEWS_REFERENCE ) ).length > 100 );
} );

test( 'every folder of scripts belongs to a script that gets its words', async () => {
	const folders = ( await readdir( join( REPOSITORY, 'admin-src' ), { withFileTypes: true } ) )
		.filter( ( entry ) => entry.isDirectory() )
		.map( ( { name } ) => `admin-src/${ name }/` );
	const homeless = folders.filter(
		( folder ) =>
			! Object.values( SCRIPTS ).flat().includes( folder ) &&
			all.some( ( { references } ) => references.some( ( at ) => at.startsWith( folder ) ) )
	);
	assert.deepEqual( homeless, [] );
} );

test( 'says what is missing, left over, or does not fit', () => {
	const code = [
		message( 'Same' ),
		message( 'New' ),
		message( '%1$s of %2$s' ),
		message( '%d job', { plural: '%d jobs' } ),
		message( 'one job', { plural: '%d jobs' } ),
	];
	const language = german(
		'msgid "Same"\nmsgstr "Gleich"\n',
		'msgid "Old"\nmsgstr "Alt"\n',
		'msgid "%1$s of %2$s"\nmsgstr "%2$s von %3$s"\n',
		'msgid "%d job"\nmsgid_plural "%d jobs"\nmsgstr[0] "%d Auftrag"\nmsgstr[1] ""\n',
		'msgid "one job"\nmsgid_plural "%d jobs"\nmsgstr[0] "ein Auftrag"\nmsgstr[1] "%d Aufträge"\n'
	);
	assert.deepEqual( problemsOf( code, language ), [
		'Not translated: “New”',
		'Other placeholders: “%1$s of %2$s”',
		'Has 1 forms, not 2: “%d job”',
		'No longer used: “Old”',
	] );
	assert.deepEqual( problemsOf( [], 'msgid ""\nmsgstr ""\n' ), [ 'Its Plural-Forms header is missing.' ] );
} );

test( 'brings a language up to the code and keeps what was said', () => {
	const before = german( 'msgid "Same"\nmsgstr "Gleich"\n', 'msgid "Old"\nmsgstr "Alt"\n' );
	const { translations } = read( merged( [ message( 'Same' ), message( 'New' ) ], before ) );
	assert.deepEqual( [ ...translations.keys() ], [ 'Same', 'New' ] );
	assert.deepEqual( translations.get( 'Same' )?.msgstr, [ 'Gleich' ] );
	assert.doesNotMatch( potOf( [ message( 'Same' ) ], '1.0' ), /Gleich|POT-Creation-Date/ );
} );

test( 'compiles PHP that PHP reads, and gives each script its own words', () => {
	const files = compiledFiles(
		german(
			'#: plugin/A.php\nmsgctxt "a \\"verb\\""\nmsgid "Cost: $1"\nmsgid_plural "Costs"\nmsgstr[0] "Preis: $1"\nmsgstr[1] "Preise\\n"\n',
			'#: admin-src/settings/a.tsx\nmsgid "Save"\nmsgstr "Speichern"\n',
			'#: @wordpress/dataviews\nmsgid "Layout"\nmsgstr ""\n'
		),
		'sell-my-images-de_DE'
	);
	assert.match(
		files[ 'sell-my-images-de_DE.l10n.php' ] ?? '',
		/^\t\t"a \\"verb\\"\\x04Cost: \\\$1" => "Preis: \\\$1\\0Preise\\n",$/m
	);
	const words = ( handle: string ) =>
		JSON.parse( files[ `sell-my-images-de_DE-${ handle }.json` ] ?? '' ).locale_data[ 'sell-my-images' ];
	assert.deepEqual( words( 'smi-settings' ).Save, [ 'Speichern' ] );
	assert.deepEqual( Object.keys( words( 'smi-jobs' ) ), [ '' ] );
} );
