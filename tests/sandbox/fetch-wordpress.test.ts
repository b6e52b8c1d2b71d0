import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { cannotFetch, fetchWordPress } from '../../tools/sandbox/fetch-wordpress';
import { linkedPackages } from '../../tools/sandbox/wordpress-debian';

test( 'takes the libraries that WordPress links to, each once, and no server', () => {
	const shown = [
		'Package: wordpress',
		'Depends: apache2 | httpd, php-gd, libjs-cropper (>= 1.2.2), libjs-jquery-ui (<< 1.14.2), libjs-jquery-ui (>= 1.14), libphp-phpmailer (>= 7), php-getid3',
		'Recommends: wordpress-theme-twentytwentyfive',
		'Suggests: php-curl, wordpress-l10n',
		'',
		'Package: wordpress',
		'Depends: libjs-of-an-older-version',
	].join( '\n' );
	assert.deepEqual( linkedPackages( shown ), [
		'libjs-cropper',
		'libjs-jquery-ui',
		'libphp-phpmailer',
		'php-getid3',
		'wordpress-theme-twentytwentyfive',
	] );
} );

test( 'uses a tree that is there already, and says its real version', async () => {
	const cache = await mkdtemp( join( tmpdir(), 'smi-cache-' ) );
	const includes = join( cache, 'wordpress/7.1/wp-includes' );
	await mkdir( includes, { recursive: true } );
	await writeFile( join( includes, 'version.php' ), "<?php\n$wp_version = '7.1.9';\n" );
	const tree = await fetchWordPress( '7.1', { cache } );
	await rm( cache, { recursive: true } );
	assert.deepEqual( tree, { dir: join( cache, 'wordpress/7.1' ), version: '7.1.9' } );
} );

test( 'says what to do when nothing can be reached', () => {
	const text = cannotFetch( '6.8', [ 'no answer in 3 s', 'this machine has no apt with a Debian mirror' ] );
	assert.match( text, /WordPress 6\.8 could not be fetched/ );
	assert.match( text, /Connect this machine to the internet/ );
	assert.match( text, /\.cache\/wordpress\/6\.8/ );
	assert.match( text, /no apt with a Debian mirror/ );
} );
