import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const ROOT = join( import.meta.dirname, '../..' );
const read = ( path: string ) => readFileSync( join( ROOT, path ), 'utf8' );
const CODES = [ ...read( 'plugin/Errors/ErrorCode.php' ).matchAll( /public const (\w+)\s+= '(smi_\w+)';/g ) ];

/** Made of two parts, the second of which is told by the bridge's protocol or by a check of a signature. */
const PREFIXES = [ 'smi_retry_', 'smi_signature_' ];

test( 'every code has its constant’s name and is in the guide', () => {
	const guide = read( 'docs/rest-api.md' );
	assert.ok( CODES.length > 40 );
	for ( const [ , name = '', code = '' ] of CODES ) {
		assert.equal( `smi_${ name.toLowerCase() }`, code );
		assert.ok( guide.includes( code ), `${ code } is not in docs/rest-api.md.` );
	}
} );

test( 'no error is made with a code that has no constant', () => {
	const made = /(?:new \\?WP_Error|new ActionRefused|ActionRefused::because)\(\s*'(smi_\w+)'/g;
	const found = readdirSync( join( ROOT, 'plugin' ), { recursive: true, encoding: 'utf8' } )
		.filter( ( file ) => file.endsWith( '.php' ) )
		.flatMap( ( file ) =>
			[ ...read( `plugin/${ file }` ).matchAll( made ) ].map( ( [ , code = '' ] ) => `${ file }: ${ code }` )
		)
		.filter( ( line ) => ! PREFIXES.some( ( prefix ) => line.endsWith( prefix ) ) );
	assert.deepEqual( found, [] );
} );
