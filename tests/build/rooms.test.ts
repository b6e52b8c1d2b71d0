import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const PLUGIN = join( import.meta.dirname, '../../plugin' );

/** Those that wire may name everything. */
const WIRES = [ 'Wiring', 'Plugin.php' ];

/**
 * Rooms that still lean on each other, each pair in alphabetical order. A pair goes from this list for good when it is cut, and none comes to it:
 * what two rooms both need belongs in a third.
 */
const KNOWN = [
	'Channel + Commands',
	'Channel + Rest',
	'Commands + Jobs',
	'Commands + Upscaling',
	'Database + Support',
	'Downloads + Jobs',
	'Downloads + Storefront',
	'Downloads + Upscaling',
	'Jobs + Payments',
	'Jobs + Upscaling',
	'Payments + Upscaling',
	'Rest + Storefront',
	'Settings + Storefront',
];

type Uses = Map< string, Set< string > >;

/** Which room uses which, by the `use` lines of its files. */
function readUses( folder: string ): Uses {
	const uses: Uses = new Map();
	for ( const entry of readdirSync( folder, { recursive: true, encoding: 'utf8' } ) ) {
		const room = entry.split( '/' )[ 0 ] ?? '';
		if ( ! entry.endsWith( '.php' ) || ! entry.includes( '/' ) || WIRES.includes( room ) ) {
			continue;
		}
		const text = readFileSync( join( folder, entry ), 'utf8' );
		const others = [ ...text.matchAll( /^use SellMyImages\\(\w+)\\/gm ) ].map( ( [ , other = '' ] ) => other );
		uses.set( room, new Set( [ ...( uses.get( room ) ?? [] ), ...others.filter( ( other ) => other !== room ) ] ) );
	}
	return uses;
}

function pairs( uses: Uses ): string[] {
	const found: string[] = [];
	for ( const [ room, others ] of uses ) {
		for ( const other of others ) {
			if ( room < other && uses.get( other )?.has( room ) ) {
				found.push( `${ room } + ${ other }` );
			}
		}
	}
	return found.sort();
}

test( 'no two rooms of the plugin begin to lean on each other, and what was cut stays cut', () => {
	assert.deepEqual( pairs( readUses( PLUGIN ) ), KNOWN );
} );

test( 'sees two rooms that lean on each other, and no one-way street', () => {
	const uses: Uses = new Map( [
		[ 'A', new Set( [ 'B', 'C' ] ) ],
		[ 'B', new Set( [ 'A' ] ) ],
		[ 'C', new Set() ],
	] );
	assert.deepEqual( pairs( uses ), [ 'A + B' ] );
} );
