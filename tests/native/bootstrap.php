<?php
/**
 * Loads the prepared site whose folder the environment names, so that every
 * test runs in a real WordPress with a real MariaDB and the plugin active.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

$smi_wp_dir = getenv( 'SMI_WP_DIR' );
if ( ! is_string( $smi_wp_dir ) || ! is_file( $smi_wp_dir . '/wp-load.php' ) ) {
	fwrite( STDERR, "SMI_WP_DIR must name a prepared site. Run: npm run test:native\n" );
	exit( 1 );
}

// What wp-settings.php declares has to be global, and PHPUnit loads this file inside a function.
global $wpdb, $wp, $wp_rewrite, $wp_query, $wp_the_query, $wp_roles, $wp_version, $wp_filter, $wp_actions, $wp_filters,
	$wp_current_filter, $wp_locale, $wp_locale_switcher, $wp_object_cache, $wp_post_types, $wp_taxonomies, $wp_rest_server,
	$wp_embed, $wp_scripts, $wp_styles, $wp_widget_factory, $wp_plugin_paths, $wp_textdomain_registry, $table_prefix, $shortcode_tags,
	$allowedposttags, $allowedtags, $allowedentitynames, $allowedxmlentitynames, $pagenow, $post, $authordata, $wp_db_version,
	$required_php_version, $required_php_extensions, $required_mysql_version, $wp_local_package, $tinymce_version, $blog_id, $timestart, $PHP_SELF,
	$l10n, $l10n_unloaded, $is_IE, $is_lynx, $is_gecko, $is_winIE, $is_macIE, $is_opera, $is_safari, $is_NS4, $is_chrome, $is_iphone, $is_edge,
	$is_apache, $is_IIS, $is_iis7, $is_nginx, $is_caddy, $wp_registered_sidebars, $wp_registered_widgets, $wp_theme_directories, $_wp_theme_features,
	$current_site, $current_blog, $site_id, $public, $domain, $path, $_wp_switched_stack, $switched, $super_admins;

// A network is found by host and port.
$smi_host = getenv( 'SMI_HOST' );

$_SERVER['HTTP_HOST']       = is_string( $smi_host ) && '' !== $smi_host ? $smi_host : '127.0.0.1';
$_SERVER['SERVER_NAME']     = '127.0.0.1';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
$_SERVER['REQUEST_METHOD']  = 'GET';
$_SERVER['REQUEST_URI']     = '/';
$_SERVER['REMOTE_ADDR']     = '127.0.0.1';

// A fatal error is to be read, not to be dressed up as a page.
define( 'WP_DISABLE_FATAL_ERROR_HANDLER', true );
require_once $smi_wp_dir . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/admin.php';

// As in a request of the REST API: each test starts with the hooks that routes bring along.
rest_get_server();

// Each test answers for its own log; the site's log is judged when the lane ends.
\SellMyImages\Tests\PhpLog::start();
