import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { REPOSITORY } from '../../tools/native/root.ts';

const keepIdsApart = createRequire( import.meta.url )( '../../tools/build/keep-ids-apart.cjs' ) as (
	this: { resourcePath: string },
	source: string
) => string;

const LIST = join( REPOSITORY, 'node_modules/@wordpress/dataviews/build-wp/index.js' );

test( 'ids of the bundled list are not those of WordPress’s own components', () => {
	const mended = keepIdsApart.call( { resourcePath: LIST }, readFileSync( LIST, 'utf8' ) );
	assert.ok( mended.includes( 'instanceMap.get(object) || 1e6' ) );
} );

test( 'a list that counts its ids in another way is noticed, and other files are left alone', () => {
	assert.throws( () => keepIdsApart.call( { resourcePath: LIST }, 'code' ), /keep-ids-apart/ );
	assert.equal( keepIdsApart.call( { resourcePath: '/a/button.js' }, 'code' ), 'code' );
} );
