import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complaints } from '../../tools/native/log.ts';

const entry = ( text: string ) => `[22-Nov-2026 10:00:00 UTC] ${ text }\n`;

test( 'the plugin answers for what names it, with the whole trace', () => {
	const log =
		entry( 'PHP Deprecated:  Something old in /site/wp-includes/load.php on line 3' ) +
		entry(
			'PHP Warning:  Undefined variable in /site/wp-content/plugins/sell-my-images/plugin/A.php on line 3\nStack trace:\n#0 {main}'
		);
	const found = complaints( log );
	assert.equal( found.length, 1 );
	assert.match( found[ 0 ] ?? '', /Undefined variable[\s\S]*#0 \{main\}$/ );
} );

test( 'database errors and wrong use of WordPress count, whoever is named', () => {
	const log =
		entry( 'WordPress database error Unknown column for query SELECT x' ) +
		entry( 'PHP Notice:  Function add_menu was called <strong>incorrectly</strong>.' );
	assert.equal( complaints( log ).length, 2 );
} );

test( 'an empty log is fine', () => {
	assert.deepEqual( complaints( '' ), [] );
} );
