import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const PLUGIN = join( import.meta.dirname, '../../plugin' );
const TESTS = join( import.meta.dirname, '../native' );

/** The rooms of the plugin from the ground up: each uses those before it, and none after it. What two rooms both need belongs below both. */
const LAYERS = [
	'Support',
	'Hooks',
	'Database',
	'Settings',
	'Errors',
	'Files',
	'Jobs',
	'JobList',
	'Rest',
	'Commands',
	'Links',
	'Bridge',
	'Refunds',
	'Upscaling',
	'Payments',
	'Actions',
	'Attention',
	'Batches',
	'Upkeep',
	'Reconciliation',
	'Channel',
	'Visitors',
	'Downloads',
	'Storefront',
	'Email',
	'Export',
	'Privacy',
	'Owner',
	'Install',
	'Admin',
	'Cli',
];

/** Those that wire name everything, and nobody names them. */
const WIRING = 'Wiring';

/** What is asked of a value that was read from a row, where no service is at hand. */
const ASKS_THE_ROOT = [ 'Files/ResultFiles.php', 'Files/UploadsPath.php' ];

/** Of the tests alone: a network of sites, the neighbour from hell, whole requests. */
const OTHER_TESTS = [ 'Multisite', 'hostile', 'http' ];

type Sources = Record< string, string >;

function readSources( folder: string ): Sources {
	const names = readdirSync( folder, { recursive: true, encoding: 'utf8' } ).filter( ( name ) =>
		name.endsWith( '.php' )
	);
	return Object.fromEntries( names.map( ( name ) => [ name, readFileSync( join( folder, name ), 'utf8' ) ] ) );
}

function readRooms( folder: string ): string[] {
	return readdirSync( folder, { withFileTypes: true } )
		.filter( ( entry ) => entry.isDirectory() )
		.map( ( { name } ) => name );
}

/** Which file names a room above its own, by `use` or in full. */
function upwards( sources: Sources, layers: string[] ): string[] {
	return Object.entries( sources ).flatMap( ( [ file, text ] ) => {
		const room = file.split( '/' )[ 0 ] ?? '';
		const level = layers.indexOf( room );
		const named = [ ...text.matchAll( /(?:^use |\\)SellMyImages\\(\w+)\\/gm ) ].map(
			( [ , other = '' ] ) => other
		);
		const above = named.filter( ( other ) => other === WIRING || layers.indexOf( other ) > level );
		return level < 0 ? [] : [ ...new Set( above ) ].map( ( other ) => `${ file } uses ${ other }` );
	} );
}

test( 'each room of the plugin uses those below it alone', () => {
	assert.deepEqual( upwards( readSources( PLUGIN ), LAYERS ), [] );
} );

test( 'every room has its layer, and no layer is empty', () => {
	const rooms = readRooms( PLUGIN ).filter( ( name ) => name !== 'contracts' && name !== WIRING );
	assert.deepEqual( rooms.sort(), [ ...LAYERS ].sort() );
} );

test( 'none but the root asks the root for a service', () => {
	const asking = Object.entries( readSources( PLUGIN ) )
		.filter( ( [ , text ] ) => text.includes( 'Plugin::instance()' ) )
		.map( ( [ file ] ) => file );
	assert.deepEqual( asking.sort(), ASKS_THE_ROOT );
} );

test( 'the native tests stand in the same rooms', () => {
	const rooms = readRooms( TESTS ).filter( ( name ) => ! OTHER_TESTS.includes( name ) );
	assert.deepEqual(
		rooms.filter( ( name ) => ! LAYERS.includes( name ) ),
		[]
	);
} );

test( 'every room has its sentence in the plugin’s README', () => {
	const readme = readFileSync( join( PLUGIN, 'README.md' ), 'utf8' );
	const told = [ ...readme.matchAll( /^\| `(\w+)\/` \| (?=\S)/gm ) ].map( ( [ , room ] ) => room );
	assert.deepEqual( told, [ ...LAYERS, WIRING, 'contracts' ] );
} );

test( 'sees a room that leans on one above it, however it is named', () => {
	const sources = {
		'A/One.php': '<?php\nuse SellMyImages\\B\\Two;\n',
		'A/Full.php': '<?php\nreturn \\SellMyImages\\B\\Two::class;\n',
		'A/Wired.php': '<?php\nuse SellMyImages\\Wiring\\Later;\n',
		'B/Two.php': '<?php\nuse SellMyImages\\A\\One;\nuse SellMyImages\\Plugin;\n',
	};
	assert.deepEqual( upwards( sources, [ 'A', 'B' ] ), [
		'A/One.php uses B',
		'A/Full.php uses B',
		'A/Wired.php uses Wiring',
	] );
} );
