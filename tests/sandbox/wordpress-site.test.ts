import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configuration, playgroundPart, timeOverrides } from '../../tools/sandbox/wordpress-site';

test( 'hands SMI_TIME_… on as numbers, and nothing else', () => {
	const env = {
		SMI_TIME_RETRY_FIRST: '2',
		SMI_TIME_LEASE: '0.5',
		SMI_TIME_BAD: 'soon',
		SMI_PORT: '9500',
		SMI_TIME_lower: '1',
	};
	assert.deepEqual( timeOverrides( env ), { SMI_TIME_RETRY_FIRST: 2, SMI_TIME_LEASE: 0.5 } );
} );

test( 'writes them into wp-config.php as constants of a local site', () => {
	const text = configuration( { TOKEN: 'abc' }, 9400, { SMI_TIME_SWEEP: '1' } );
	assert.match( text, /define\( 'SMI_TIME_SWEEP', 1 \)/ );
	assert.match( text, /define\( 'WP_ENVIRONMENT_TYPE', "local" \)/ );
	assert.match( text, /define\( 'SMI_SANDBOX_MAILBOX', "http:\/\/127\.0\.0\.1:9404" \)/ );
	assert.match( text, /define\( 'WP_DEBUG_DISPLAY', false \)/ );
} );

test( 'a dollar sign in a secret stays a dollar sign in PHP', () => {
	assert.match( configuration( { AUTH_KEY: 'a$b' }, 9400, {} ), /"a\\\$b"/ );
} );

test( 'Playground gets the loopback preload, several workers, and never node_modules', () => {
	const { args } = playgroundPart( '/nowhere', 9400 );
	assert.ok( args.some( ( arg ) => arg.endsWith( 'listen-on-loopback.cjs' ) ) );
	assert.ok( Number( args.find( ( arg ) => arg.startsWith( '--workers=' ) )?.split( '=' )[ 1 ] ) >= 2 );
	const mounted = args.filter( ( _, index ) => args[ index - 1 ] === '--mount-dir-before-install' );
	assert.ok( mounted.length > 4 );
	assert.ok( mounted.every( ( path ) => ! path.includes( 'node_modules' ) ) );
} );
