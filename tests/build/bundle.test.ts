import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { checkBundle } from '../../tools/build/check-bundle.mjs';

const GOOD: Record< string, string > = {
	'jobs/index.js': 'a',
	'jobs/index.asset.php': "<?php return array('dependencies' => array('react', 'wp-data'), 'version' => '1');",
	'jobs/style-index.css': 'a{}',
	'jobs/style-index-rtl.css': 'a{}',
	'jobs/report.js': 'a',
	'jobs/export.js': 'a',
	'settings/index.js': 'a',
	'blocks/buy-button/view.js': 'a',
	'blocks/buy-button/view.asset.php': "<?php return array('dependencies' => array('wp-i18n'), 'version' => '1');",
};

/** Problems of the good build with a few files replaced. */
async function problems( changes: Record< string, string > = {} ): Promise< string[] > {
	const folder = await mkdtemp( join( tmpdir(), 'smi-bundle-' ) );
	try {
		for ( const [ name, text ] of Object.entries( { ...GOOD, ...changes } ) ) {
			await mkdir( dirname( join( folder, name ) ), { recursive: true } );
			await writeFile( join( folder, name ), text );
		}
		return checkBundle( folder ).problems;
	} finally {
		await rm( folder, { recursive: true } );
	}
}

const asset = ( handle: string ) => `<?php return array('dependencies' => array('${ handle }'), 'version' => '1');`;

test( 'a good build has no problem', async () => {
	assert.deepEqual( await problems(), [] );
} );

test( 'finds a script that is too large, and one that carries its map', async () => {
	const large = randomBytes( 400_000 ).toString( 'base64' );
	assert.match(
		( await problems( { 'jobs/index.js': large } ) ).join(),
		/jobs\/index\.js: \d+\.\d kB gzipped of 360/
	);
	assert.match(
		( await problems( { 'jobs/report.js': large } ) ).join(),
		/jobs\/report\.js: \d+\.\d kB gzipped of 140/
	);
	assert.match(
		( await problems( { 'jobs/index.js': '/*# sourceMappingURL=data:x */' } ) ).join(),
		/carries source maps/
	);
} );

test( 'finds a script that 6.8 does not have, and React on a visitor’s page', async () => {
	assert.match( ( await problems( { 'jobs/index.asset.php': asset( 'wp-theme' ) } ) ).join(), /asks for wp-theme/ );
	assert.match(
		( await problems( { 'blocks/buy-button/view.asset.php': asset( 'wp-element' ) } ) ).join(),
		/asks for wp-element/
	);
} );

test( 'finds a style without its right-to-left twin', async () => {
	assert.match(
		( await problems( { 'settings/style-index.css': 'a{}' } ) ).join(),
		/No right-to-left style for .*settings/
	);
} );

test( 'takes inline source maps out of code and styles, and nothing else', () => {
	const strip = createRequire( import.meta.url )( '../../tools/build/strip-inline-source-maps.cjs' ) as (
		text: string
	) => string;
	assert.equal(
		strip( 'const css = "a{}\\n/*# sourceMappingURL=data:application/json;base64,AAA= */";x()' ),
		'const css = "a{}\\n";x()'
	);
	assert.equal( strip( 'x()\n//# sourceMappingURL=data:application/json;base64,AAA=\ny()' ), 'x()\n\ny()' );
	assert.equal( strip( '//# sourceMappingURL=index.js.map' ), '//# sourceMappingURL=index.js.map' );
} );
