/** docs/hooks.md promises names: each is fired and described in the code, none is missing, and both say the same of it. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { REPOSITORY } from '../../tools/native/root.ts';

const read = ( path: string ) => readFileSync( join( REPOSITORY, path ), 'utf8' );

const GUIDE = read( 'docs/hooks.md' );

/** Where Listeners itself, or a method that waits for the commit, is given a hook by its name. */
const CALLS = [
	'Listeners::(?:do_action|apply_filters|permits|filter_by_rule|filter_surely)',
	'\\$this->tell',
	'\\$filter',
	'(?<!\\w)(?:do_action|apply_filters)(?:_ref_array)?',
];
const FIRED = new RegExp( `(?:${ CALLS.join( '|' ) })\\(\\s*'(smi_\\w+)'`, 'g' );

type Site = { hook: string; file: string; docblock: string };

/** Every place that fires a hook of ours, with the comment right above it. */
function sites(): Site[] {
	return readdirSync( join( REPOSITORY, 'plugin' ), { recursive: true, encoding: 'utf8' } )
		.filter( ( name ) => name.endsWith( '.php' ) )
		.flatMap( ( name ) => {
			const text = read( `plugin/${ name }` );
			return [ ...text.matchAll( FIRED ) ].map( ( { 1: hook = '', index } ) => ( {
				hook,
				file: `plugin/${ name }`,
				docblock: above( text.slice( 0, index ) ),
			} ) );
		} );
}

/** The docblock that ends in the line before, or in the one where the statement begins. */
const above = ( text: string ): string => /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)\n[^\n]*$/.exec( text )?.[ 1 ] ?? '';

/** Rows of the tables of hooks: name, since, arguments, meaning. */
const rows = ( head: string ): string[][] =>
	( GUIDE.split( `| ${ head } | since |` )[ 1 ] ?? '' )
		.split( '\n' )
		.slice( 2 )
		.reduce< { all: string[][]; isOver: boolean } >(
			( { all, isOver }, line ) =>
				isOver || ! line.startsWith( '|' )
					? { all, isOver: true }
					: {
							all: [
								...all,
								line
									.split( '|' )
									.slice( 1, -1 )
									.map( ( cell ) => cell.trim() ),
							],
							isOver,
						},
			{ all: [], isOver: false }
		).all;

const documented = new Map(
	[ ...rows( 'action' ), ...rows( 'filter' ) ].map( ( [ name = '', since = '' ] ) => [
		name.replaceAll( '`', '' ),
		since,
	] )
);

const unique = ( names: string[] ) => [ ...new Set( names ) ].sort();

test( 'every hook that is fired is in the guide, and every hook of the guide is fired', () => {
	assert.deepEqual( unique( sites().map( ( { hook } ) => hook ) ), unique( [ ...documented.keys() ] ) );
	assert.ok( documented.size > 20 );
} );

test( 'every hook is described where it is fired, once, with the version that the guide says', () => {
	for ( const [ hook, since ] of documented ) {
		const described = sites().filter( ( site ) => site.hook === hook && site.docblock.includes( '@since' ) );
		assert.equal( described.length, 1, `${ hook } is described in ${ described.length } places` );
		assert.match(
			described[ 0 ]?.docblock ?? '',
			new RegExp( `@since ${ since.replaceAll( '.', '\\.' ) }\\n` ),
			hook
		);
		assert.match( since, /^\d+\.\d+\.\d+$/, hook );
	}
} );

test( 'every other place that fires a hook says where it is described', () => {
	for ( const { hook, file, docblock } of sites().filter( ( site ) => ! site.docblock.includes( '@since' ) ) ) {
		const [ , kind, path = '' ] =
			/This (action|filter) is documented in (plugin\/\S+\.php) \*\//.exec( docblock ) ?? [];
		assert.ok( kind, `${ hook } in ${ file }` );
		assert.ok(
			sites().some( ( site ) => site.hook === hook && site.file === path ),
			`${ hook } in ${ file }`
		);
	}
} );

test( 'the arguments of a hook are those that its comment names', () => {
	for ( const [ name = '', , args = '' ] of [ ...rows( 'action' ), ...rows( 'filter' ) ] ) {
		const hook = name.replaceAll( '`', '' );
		const site = sites().find( ( one ) => one.hook === hook && one.docblock.includes( '@since' ) );
		const named = [ ...( site?.docblock ?? '' ).matchAll( /@param +\S+ +(\$\w+)/g ) ].map(
			( [ , param ] ) => param
		);
		assert.deepEqual(
			[ ...args.matchAll( /\$\w+/g ) ].map( ( [ param ] ) => param ),
			named,
			hook
		);
	}
} );

test( 'the functions and classes that are promised are there', () => {
	const promised = GUIDE.split( '## Promised names' )[ 1 ] ?? '';
	const classes = [ ...promised.matchAll( /`(SellMyImages\\[\w\\]+)`/g ) ].map( ( [ , name = '' ] ) => name );
	assert.equal( classes.length, 3 );
	for ( const name of classes ) {
		const path = `${ name.replace( 'SellMyImages', 'plugin' ).replaceAll( '\\', '/' ) }.php`;
		assert.ok( existsSync( join( REPOSITORY, path ) ), name );
		for ( const [ , member = '' ] of (
			promised.split( name )[ 1 ]?.split( /SellMyImages|\n- / )[ 0 ] ?? ''
		).matchAll( /`(\w+)\(\)`/g ) ) {
			assert.match( read( path ), new RegExp( `public function ${ member }\\(` ), name );
		}
	}
	const functions = [ ...read( 'sell-my-images.php' ).matchAll( /@since [^/]*\*\/\nfunction (\w+)\(/g ) ].map(
		( [ , name = '' ] ) => name
	);
	assert.equal( functions.length, 1 );
	assert.deepEqual(
		[ ...promised.matchAll( /`(smi_\w+)\( string/g ) ].map( ( [ , name ] ) => name ),
		functions
	);
} );

test( 'a class is final unless the plugin itself extends it', () => {
	const files = readdirSync( join( REPOSITORY, 'plugin' ), { recursive: true, encoding: 'utf8' } );
	const texts = files.filter( ( name ) => name.endsWith( '.php' ) ).map( ( name ) => read( `plugin/${ name }` ) );
	const all = texts.join( '\n' );
	const open = texts.flatMap( ( text ) => /^class (\w+)/m.exec( text )?.[ 1 ] ?? [] );
	assert.deepEqual(
		open.filter( ( name ) => ! new RegExp( `extends ${ name }\\b` ).test( all ) ),
		[]
	);
} );
