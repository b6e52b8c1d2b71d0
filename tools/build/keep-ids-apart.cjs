const COUNTER = 'instanceMap.get(object) || 0';

/**
 * A webpack loader for the bundled list. It carries a copy of WordPress's components that counts its ids from 0, as the site's own do: a
 * label of ours then named a box in the list, and a click on it would have ticked that one. The copy counts from a million.
 *
 * @param {string} source Code.
 * @return {string} The same code with ids of its own.
 */
module.exports = function keepIdsApart( source ) {
	if ( /dataviews[\\/]build-wp[\\/]index\.js$/.test( this.resourcePath ) && ! source.includes( COUNTER ) ) {
		throw new Error(
			`${ this.resourcePath } does not count its ids any more as it did: look at keep-ids-apart.cjs.`
		);
	}
	return source.replace( COUNTER, 'instanceMap.get(object) || 1e6' );
};
