import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const PLUGIN = join( import.meta.dirname, '../../plugin' );
const MOST = 140;

/** What cannot be broken: a sentence for translators has to be one literal, and so has a piece of HTML or a pattern. */
const ONE_LITERAL = /^\s*(?:\. |(?:private |public )?const \w+ = |'[\w.]+'\s+=> |\d+ => )?(['"]).*\1(?:[,;]| \),?)?$/;

/** For a tool: it must stand in the line that it speaks of, or name it whole. */
const FOR_A_TOOL = /^\s*(?:\/\/ phpcs:|\/\* translators:)/;

function tooLong( text: string ): string[] {
	const lines = text.split( '\n' );
	const long = lines.filter( ( line ) => [ ...line.replaceAll( '\t', '    ' ) ].length > MOST );
	return long.filter( ( line ) => ! ONE_LITERAL.test( line ) && ! FOR_A_TOOL.test( line ) );
}

test( 'no line of the plugin is longer than a screen is wide, but where it is one sentence', () => {
	const files = readdirSync( PLUGIN, { recursive: true, encoding: 'utf8' } ).filter( ( name ) =>
		name.endsWith( '.php' )
	);
	assert.ok( files.length > 250 );
	const found = files.flatMap( ( name ) =>
		tooLong( readFileSync( join( PLUGIN, name ), 'utf8' ) ).map( ( line ) => `${ name }: ${ line.trim() }` )
	);
	assert.deepEqual( found, [] );
} );

test( 'sees a line that is too long', () => {
	const code = `\t\treturn $this->${ 'a'.repeat( 140 ) }( 1 );`;
	assert.deepEqual( tooLong( `<?php\n${ code }\n\t\t'${ 'word '.repeat( 40 ) }',\n` ), [ code ] );
} );
