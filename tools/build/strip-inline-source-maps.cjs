const INLINE_MAP = /\/[*/][#@] sourceMappingURL=data:[^*\n]*(\*\/)?/g;

/**
 * A webpack loader that takes source maps out of code that carries them inside.
 *
 * @param {string} source Code.
 * @return {string} The same code without its maps.
 */
module.exports = function stripInlineSourceMaps( source ) {
	return source.replace( INLINE_MAP, '' );
};
