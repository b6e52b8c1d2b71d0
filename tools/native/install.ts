/**
 * PHP that makes an empty database a site. It runs before WordPress is loaded,
 * so that no mail is tried and the address is the given one.
 */
export const INSTALL = `<?php
define( 'WP_INSTALLING', true );
define( 'WP_SITEURL', getenv( 'SMI_URL' ) );
function wp_new_blog_notification() {}
require getcwd() . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install( 'Native test site', 'admin', 'admin@example.org', true, '', 'password' );
`;

/** PHP that gives the installed site what the tests count on. */
export const SET_UP = `
update_option( 'home', getenv( 'SMI_URL' ) );
update_option( 'siteurl', getenv( 'SMI_URL' ) );
global $wp_rewrite;
$wp_rewrite->set_permalink_structure( '/%postname%/' );
$wp_rewrite->flush_rules( false );
`;

const SALTS = [
	'AUTH_KEY',
	'SECURE_AUTH_KEY',
	'LOGGED_IN_KEY',
	'NONCE_KEY',
	'AUTH_SALT',
	'SECURE_AUTH_SALT',
	'LOGGED_IN_SALT',
	'NONCE_SALT',
];

/**
 * The site's wp-config.php.
 *
 * @param socket MariaDB's socket.
 * @param log    File that gets every notice.
 * @param salts  Eight secrets.
 */
export function wpConfig( socket: string, log: string, salts: string[] ): string {
	const constants: Record< string, string | boolean > = {
		DB_NAME: 'wordpress',
		DB_USER: 'root',
		DB_PASSWORD: '',
		DB_HOST: `localhost:${ socket }`,
		DB_CHARSET: 'utf8mb4',
		DB_COLLATE: '',
		WP_DEBUG: true,
		WP_DEBUG_LOG: log,
		WP_DEBUG_DISPLAY: false,
		WP_ENVIRONMENT_TYPE: 'local',
		DISABLE_WP_CRON: true,
		AUTOMATIC_UPDATER_DISABLED: true,
		WP_HTTP_BLOCK_EXTERNAL: true,
		WP_ACCESSIBLE_HOSTS: '127.0.0.1,localhost',
	};
	SALTS.forEach( ( name, at ) => {
		constants[ name ] = salts[ at ] ?? '';
	} );
	return [
		'<?php',
		...Object.entries( constants ).map(
			( [ name, value ] ) =>
				`defined( '${ name }' ) || define( '${ name }', ${ typeof value === 'string' ? `'${ value }'` : value } );`
		),
		"$table_prefix = 'wp_';",
		"defined( 'ABSPATH' ) || define( 'ABSPATH', __DIR__ . '/' );",
		"require_once ABSPATH . 'wp-settings.php';",
		'',
	].join( '\n' );
}
