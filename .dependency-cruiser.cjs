const bridge = require( './tools/build/bridge-layers.cjs' );

/**
 * Which part may import which: the parts share the contracts and nothing else.
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
	forbidden: [
		...bridge.rules,
		{
			name: 'no-circles',
			comment: 'Two modules that need each other are one module, or need a third.',
			severity: 'error',
			from: {},
			to: { circular: true, viaOnly: { dependencyTypesNot: [ 'type-only' ] } },
		},
		{
			name: 'product-needs-no-tools',
			comment: 'What ships must not need what only builds, tests or pretends.',
			severity: 'error',
			from: { path: '^(admin-src|bridge/src)/' },
			to: { path: '^(tools|tests)/' },
		},
		{
			name: 'bridge-stands-alone',
			comment: 'The bridge runs on another machine: it takes nothing of the plugin or its screens.',
			severity: 'error',
			from: { path: '^bridge/src/' },
			to: { path: '^(admin-src|plugin)/' },
		},
		{
			name: 'admin-stands-alone',
			comment: 'The screens speak to REST only.',
			severity: 'error',
			from: { path: '^admin-src/' },
			to: { path: '^(bridge|plugin)/' },
		},
		{
			name: 'emulators-stand-alone',
			comment: 'A stand-in that knew the bridge would prove nothing.',
			severity: 'error',
			from: { path: '^tools/emulators/' },
			to: { path: '^(bridge|admin-src)/' },
		},
		{
			name: 'api-knows-no-screen',
			comment: 'Screens use the store, the store uses api/, api/ uses the generated types.',
			severity: 'error',
			from: { path: '^admin-src/api/' },
			to: { path: '^admin-src/(jobs|settings|blocks)/' },
		},
		{
			name: 'store-knows-no-screen',
			comment: 'A store that imports a component cannot be tested or reused without it.',
			severity: 'error',
			from: { path: '^admin-src/[^/]+/store/' },
			to: {
				path: '^admin-src/(jobs|settings|blocks)/(?!store/)',
				pathNot: '\\.(types|d)\\.ts$',
				dependencyTypesNot: [ 'type-only' ],
			},
		},
		{
			name: 'screens-ask-the-store',
			comment: 'Only api/ fetches.',
			severity: 'error',
			from: { path: '^admin-src/', pathNot: '^admin-src/(api|shared)/' },
			to: { path: 'node_modules/@wordpress/api-fetch' },
		},
		{
			name: 'screens-are-apart',
			comment: 'What two screens share lives in shared/.',
			severity: 'error',
			from: { path: '^admin-src/(jobs|settings|blocks)/' },
			to: { path: '^admin-src/(jobs|settings|blocks)/', pathNot: '^admin-src/$1/' },
		},
		{
			name: 'one-listener',
			comment: 'Only server.ts starts the service; everything else is built and tested without a port.',
			severity: 'error',
			from: { path: '^bridge/src/', pathNot: '^bridge/src/(server|cli|main)' },
			to: { path: '^bridge/src/server\\.ts$' },
		},
		{
			name: 'nothing-missing',
			comment: 'An import that leads nowhere.',
			severity: 'error',
			from: { path: '^(admin-src|bridge/src|tools)/' },
			to: { couldNotResolve: true },
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '(^|/)(vendor|build/(jobs|settings|blocks)|dist)/' },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.node.json' },
		enhancedResolveOptions: {
			exportsFields: [ 'exports' ],
			conditionNames: [ 'import', 'require', 'node', 'default', 'types' ],
			mainFields: [ 'module', 'main', 'types' ],
		},
	},
};
