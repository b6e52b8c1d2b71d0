/**
 * Tests of the screens: wp-scripts' own configuration, for tests that live in tests/admin.
 */
const defaults = require( '@wordpress/scripts/config/jest-unit.config' );
const { existsSync } = require( 'fs' );

const setUp = '<rootDir>/tests/admin/setup.ts';

module.exports = {
	...defaults,
	reporters: [ 'default' ],
	roots: [ '<rootDir>/admin-src', '<rootDir>/tests/admin' ],
	testMatch: [ '<rootDir>/tests/admin/**/*.test.{ts,tsx}' ],
	moduleNameMapper: {
		'\\.(scss|css)$': '@wordpress/jest-preset-default/scripts/style-mock.js',
	},
	...( existsSync( setUp.replace( '<rootDir>', __dirname ) ) && {
		setupFilesAfterEnv: [ '@wordpress/jest-preset-default/scripts/setup-test-framework.js', setUp ],
	} ),
};
