const { default: JsdomEnvironment } = require( 'jest-environment-jsdom' );

// jsdom cannot read nested CSS and layers, which the bundled components bring along; no test looks at style.
const NOISE = /Could not parse CSS stylesheet/;

/** jsdom without its complaints about modern CSS. */
module.exports = class QuietJsdomEnvironment extends JsdomEnvironment {
	constructor( config, context ) {
		const console = Object.create( context.console );
		console.error = ( ...args ) => {
			if ( ! NOISE.test( String( args[ 0 ]?.message ?? args[ 0 ] ) ) ) {
				context.console.error( ...args );
			}
		};
		super( config, { ...context, console } );
	}
};
