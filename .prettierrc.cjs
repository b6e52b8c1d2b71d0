// WordPress's own style, with lines as wide as the PHP beside it.
module.exports = {
	...require( '@wordpress/prettier-config' ),
	printWidth: 120,
};
