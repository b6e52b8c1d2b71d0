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

/** PHP that makes the installed site the first one of a network. */
export const MAKE_NETWORK = `
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/network.php';
global $wpdb;
foreach ( $wpdb->tables( 'ms_global' ) as $name => $table ) {
	$wpdb->$name = $table;
}
install_network();
$made = populate_network( 1, getenv( 'SMI_HOST' ), 'admin@example.org', 'Native test network', '/', false );
if ( is_wp_error( $made ) ) {
	fwrite( STDERR, $made->get_error_message() );
	exit( 1 );
}
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
 * @param host   Host and port of the network's first site; null for a single site.
 */
export function wpConfig( socket: string, log: string, salts: string[], host: string | null = null ): string {
	const constants: Record< string, string | boolean | number > = {
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
		...( host === null ? {} : networkConstants( host ) ),
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

const networkConstants = ( host: string ) => ( {
	MULTISITE: true,
	SUBDOMAIN_INSTALL: false,
	DOMAIN_CURRENT_SITE: host,
	PATH_CURRENT_SITE: '/',
	SITE_ID_CURRENT_SITE: 1,
	BLOG_ID_CURRENT_SITE: 1,
} );
