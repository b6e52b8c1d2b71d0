/**
 * Tests of the screens: wp-scripts' own configuration, for tests that live in tests/admin.
 */
const defaults = require( '@wordpress/scripts/config/jest-unit.config' );
const { existsSync } = require( 'fs' );
const { join } = require( 'path' );

const ownSetUp = join( __dirname, 'tests/admin/setup.ts' );

// Packages that come as ES modules only; Jest runs CommonJS.
const ES_MODULES = [
	'@wordpress/(?:dataviews|ui|theme|views)',
	'uuid',
	'@base-ui/[^/]+',
	'is-plain-obj',
	'parsel-js',
	'memize',
];

module.exports = {
	...defaults,
	reporters: [ 'default' ],
	roots: [ '<rootDir>/admin-src', '<rootDir>/tests/admin' ],
	testMatch: [ '<rootDir>/tests/admin/**/*.test.{ts,tsx}' ],
	testEnvironment: '<rootDir>/tools/build/jest-environment.cjs',
	setupFilesAfterEnv: [ '<rootDir>/tools/build/jest-setup.cjs', ...( existsSync( ownSetUp ) ? [ ownSetUp ] : [] ) ],
	transform: { '\\.m?[jt]sx?$': Object.values( defaults.transform )[ 0 ] },
	transformIgnorePatterns: [ `/node_modules/(?!(?:.*/node_modules/)?(?:${ ES_MODULES.join( '|' ) })/)` ],
};
