/** Preloaded into every part: when the sandbox itself dies, however it dies, nothing is left running behind it. */
const { isMainThread } = require( 'node:worker_threads' );

if ( isMainThread && process.channel ) {
	process.on( 'disconnect', () => process.exit( 0 ) );
	// Listening must not be what keeps a part alive.
	process.channel.unref();
}
