import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeZip, zipContents } from '../../tools/build/zip.mjs';

const WANTED = [
	'LICENSE',
	'build/blocks/buy-button/view.js',
	'build/jobs/index.asset.php',
	'build/jobs/index.js',
	'build/jobs/style-index-rtl.css',
	'languages/sell-my-images.pot',
	'plugin/Jobs/Job.php',
	'plugin/contracts/job.schema.json',
	'readme.txt',
	'sell-my-images.php',
	'uninstall.php',
];

const UNWANTED = [
	'.env',
	'composer.json',
	'package.json',
	'admin-src/jobs/index.tsx',
	'bridge/src/server.ts',
	'build/jobs/index.js.map',
	'build/sell-my-images.zip',
	'build/other/index.js',
	'languages/notes.txt',
	'node_modules/a/index.js',
	'plugin/node_modules/a/index.php',
	'plugin/Jobs/Job.php.orig',
	'plugin/README.md',
	'plugin/contracts/notes.json',
	'tests/native/Install/ActivationTest.php',
	'tools/test.mjs',
	'vendor/autoload.php',
];

let root = '';

before( async () => {
	root = await mkdtemp( join( tmpdir(), 'smi-zip-' ) );
	for ( const path of [ ...WANTED, ...UNWANTED ] ) {
		await mkdir( dirname( join( root, path ) ), { recursive: true } );
		await writeFile( join( root, path ), path );
	}
} );

after( () => rm( root, { recursive: true } ) );

test( 'holds what a site needs and nothing else', () => {
	assert.deepEqual( zipContents( root ), WANTED );
} );

test( 'the same files give the same bytes', async () => {
	const digest = async ( name: string ) => {
		await makeZip( join( root, name ), root );
		return createHash( 'sha256' )
			.update( await readFile( join( root, name ) ) )
			.digest( 'hex' );
	};
	const first = await digest( 'one.zip' );
	// Another time on disk must not matter.
	await writeFile( join( root, 'readme.txt' ), 'readme.txt' );
	assert.equal( await digest( 'two.zip' ), first );
} );

test( 'every entry lies in one folder named as the plugin', async () => {
	await makeZip( join( root, 'three.zip' ), root );
	assert.deepEqual(
		entries( await readFile( join( root, 'three.zip' ) ) ),
		WANTED.map( ( path ) => `sell-my-images/${ path }` )
	);
} );

test( 'is not made when the build is missing', async () => {
	await rm( join( root, 'build/jobs/index.js' ) );
	await assert.rejects( makeZip( join( root, 'four.zip' ), root ), /lack build\/jobs\/index\.js/ );
} );

test( 'the real zip holds code, contracts and built scripts only', () => {
	const odd = zipContents().filter(
		( path ) =>
			! /^(sell-my-images\.php|uninstall\.php|readme\.txt|LICENSE|CHANGELOG\.md|(plugin|build|languages)\/.*\.(php|json|js|css|pot|po|mo))$/.test(
				path
			)
	);
	assert.deepEqual( odd, [] );
	assert.deepEqual(
		zipContents().filter( ( path ) => /(^|\/)(tests?|node_modules|vendor)\//i.test( path ) ),
		[]
	);
} );

/** Names in a zip's central directory. */
function entries( zip: Buffer ): string[] {
	const names: string[] = [];
	const mark = Buffer.from( 'PK\u0001\u0002' );
	for ( let at = zip.indexOf( mark ); at >= 0; at = zip.indexOf( mark, at + 46 ) ) {
		const length = zip.readUInt16LE( at + 28 );
		names.push( zip.toString( 'utf8', at + 46, at + 46 + length ) );
	}
	return names;
}
