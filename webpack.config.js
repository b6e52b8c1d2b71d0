/**
 * wp-scripts' own configuration, with this plugin's entries.
 */
const { existsSync } = require( 'fs' );
const { join, resolve } = require( 'path' );
const defaults = require( '@wordpress/scripts/config/webpack.config' );

const SOURCE = resolve( __dirname, 'admin-src' );

// Name of the script in build/, and where it starts.
const ENTRIES = {
	'jobs/index': 'jobs/index.tsx',
	'settings/index': 'settings/index.tsx',
	'commands/index': 'commands/index.ts',
	'blocks/buy-button/index': 'blocks/buy-button/index.tsx',
	'blocks/buy-button/view': 'blocks/buy-button/view.ts',
};

const entry = Object.fromEntries(
	Object.entries( ENTRIES )
		.map( ( [ name, file ] ) => [ name, join( SOURCE, file ) ] )
		.filter( ( [ , file ] ) => existsSync( file ) )
);

// wp-scripts gives every package that WordPress has to the site. These two it must
// bundle: no supported WordPress has both in the versions that the screens need.
const BUNDLED = /^@wordpress\/(dataviews|ui)(\/|$)/;

const plugins = defaults.plugins.map( ( plugin ) => {
	if ( plugin.constructor.name !== 'DependencyExtractionWebpackPlugin' ) {
		return plugin;
	}
	return new plugin.constructor( {
		...plugin.options,
		requestToExternal: ( request ) => ( BUNDLED.test( request ) ? false : undefined ),
	} );
} );

// What WordPress reads of languages/ is made like the scripts, so that a work tree speaks every language too.
plugins.push( {
	apply: ( compiler ) =>
		compiler.hooks.afterEmit.tapPromise( 'languages', async () => {
			const { compileLanguages } = await import( './tools/build/i18n-compile.mjs' );
			compileLanguages( __dirname );
		} ),
} );

module.exports = {
	...defaults,
	entry,
	output: {
		...defaults.output,
		path: resolve( __dirname, 'build' ),
		// The zip and what tests leave in build/ are not webpack's to clean.
		clean: { keep: /^(?!jobs\/|settings\/|commands\/|blocks\/)/ },
		// Chunks beside their entry would collide; the zip's allow-list knows this folder.
		chunkFilename: 'jobs/[name].js?ver=[chunkhash]',
	},
	module: {
		...defaults.module,
		rules: [
			{
				// Its files carry their source maps inside, 60 kB gzipped that nobody reads.
				test: /\.m?js$/,
				include: /node_modules[\\/]@wordpress[\\/](dataviews|ui)[\\/]/,
				enforce: 'pre',
				use: [ 'strip-inline-source-maps', 'keep-ids-apart' ].map( ( name ) =>
					resolve( __dirname, `tools/build/${ name }.cjs` )
				),
			},
			...defaults.module.rules,
		],
	},
	optimization: {
		...defaults.optimization,
		splitChunks: {
			...defaults.optimization.splitChunks,
			// Charts belong into the report's own file, whose name and size are known.
			cacheGroups: { ...defaults.optimization.splitChunks.cacheGroups, defaultVendors: false },
		},
	},
	plugins,
	performance: { hints: false },
};
