/**
 * wp-scripts' rules, also for TypeScript, and a few of our own.
 */
const defaults = require( '@wordpress/scripts/config/eslint.config.cjs' );
const globals = require( 'globals' );

const NODE_FILES = [ 'tools/**', 'tests/**', 'bridge/**', '*.{js,cjs,mjs}', '.*.cjs' ];

module.exports = [
	{
		ignores: [
			'**/build/*.js',
			'build/**',
			'**/node_modules/**',
			'**/vendor/**',
			'**/dist/**',
			'**/*.generated.ts',
			'.sandbox/**',
			'.cache/**',
			'coverage/**',
		],
	},
	// Without its list of ignored folders: it would leave out tools/build.
	...defaults.filter( ( one ) => ! isIgnoresOnly( one ) ),
	{
		rules: {
			// Types say it, and TypeScript checks them.
			'jsdoc/require-param': 'off',
			'jsdoc/require-param-description': 'off',
			'jsdoc/check-param-names': 'off',
			// The resolver cannot follow `exports` of packages; TypeScript does.
			'import/no-unresolved': 'off',
			'import/named': 'off',
			'import/default': 'off',
			// A value computed before an early return reads better where its name is explained.
			'@wordpress/no-unused-vars-before-return': 'off',
			// knip knows the workspaces.
			'import/no-extraneous-dependencies': 'off',
		},
	},
	{
		files: [ '**/*.ts', '**/*.tsx' ],
		rules: {
			// TypeScript's own job.
			'no-undef': 'off',
			// Both ways mean the same; a compiler option of the parts decides which one an index signature needs.
			'dot-notation': 'off',
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ ignoreRestSiblings: true, argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
			],
			// Names of Node's test runner that are also plain words.
			'@typescript-eslint/no-shadow': [ 'error', { allow: [ 'before', 'after' ] } ],
		},
	},
	{
		files: NODE_FILES,
		languageOptions: { globals: { ...globals.node } },
		rules: {
			'no-console': 'off',
			// Hooks of React do not exist there, and fixtures are called use… for other reasons.
			'react-hooks/rules-of-hooks': 'off',
			// Names of providers' fields are theirs.
			camelcase: 'off',
			'no-unused-expressions': [ 'error', { allowTernary: true, allowShortCircuit: true } ],
			'jest/expect-expect': 'off',
			'jest/no-standalone-expect': 'off',
		},
	},
	{
		files: [ 'tests/**' ],
		rules: {
			// What an answer holds is what the test is about to find out.
			'@typescript-eslint/no-explicit-any': 'off',
			// There is one document in a page that a test looks at.
			'@wordpress/no-global-active-element': 'off',
		},
	},
	{
		files: [ 'tools/build/jest-*.cjs' ],
		languageOptions: { globals: { ...globals.browser } },
	},
	{
		files: [ 'admin-src/**' ],
		rules: {
			// It takes `ownerDocument.getSelection()`, which it asks for, for the global one.
			'@wordpress/no-global-get-selection': 'off',
			// Fields of the REST API are snake_case.
			camelcase: 'off',
			'@wordpress/i18n-text-domain': [ 'error', { allowedTextDomain: 'sell-my-images' } ],
		},
	},
];

function isIgnoresOnly( config ) {
	return Object.keys( config ).join() === 'ignores';
}
