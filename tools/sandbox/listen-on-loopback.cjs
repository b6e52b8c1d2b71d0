/**
 * Preloaded into WordPress Playground, which listens on every interface and has no option for it, with an
 * administrator who can be logged in by a link. Whoever listens without naming an address gets 127.0.0.1.
 */
const net = require( 'node:net' );

const LOOPBACK = '127.0.0.1';
const EVERYWHERE = new Set( [ '', '::', '0.0.0.0' ] );
const listen = net.Server.prototype.listen;

/** Ports only: pipes, file descriptors and handles never leave the machine. */
net.Server.prototype.listen = function ( first, ...rest ) {
	if ( first && typeof first === 'object' && first.port !== undefined ) {
		const host = isOpen( first.host ) ? LOOPBACK : first.host;
		return listen.call( this, { ...first, host }, ...rest );
	}
	if ( isPort( first ) ) {
		return isOpen( rest[ 0 ] )
			? listen.call(
					this,
					first,
					LOOPBACK,
					...( typeof rest[ 0 ] === 'string' ? rest.slice( 1 ) : rest.filter( isGiven ) )
				)
			: listen.call( this, first, ...rest );
	}
	return typeof first === 'function' || first === undefined
		? listen.call( this, 0, LOOPBACK, ...[ first ].filter( isGiven ) )
		: listen.call( this, first, ...rest );
};

function isOpen( host ) {
	return typeof host !== 'string' || EVERYWHERE.has( host );
}

function isPort( value ) {
	return typeof value === 'number' || ( typeof value === 'string' && /^\d+$/.test( value ) );
}

function isGiven( value ) {
	return value !== undefined && value !== null;
}
