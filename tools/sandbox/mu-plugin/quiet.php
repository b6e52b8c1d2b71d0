<?php
/**
 * A sandbox has no network, so it asks nobody for updates, news or avatars.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Sandbox;

/**
 * What WordPress remembers after asking for updates and finding none.
 */
function no_updates(): object {
	return (object) array(
		'last_checked'    => time(),
		'version_checked' => get_bloginfo( 'version' ),
		'updates'         => array(),
		'response'        => array(),
		'translations'    => array(),
		'no_update'       => array(),
		'checked'         => array(),
	);
}

foreach ( array( 'update_core', 'update_plugins', 'update_themes' ) as $transient ) {
	add_filter( 'pre_site_transient_' . $transient, no_updates( ... ) );
}
foreach ( array( 'wp_version_check', 'wp_update_plugins', 'wp_update_themes' ) as $event ) {
	remove_all_actions( $event );
}
remove_action( 'init', 'wp_schedule_update_checks' );
add_filter( 'pre_option_show_avatars', static fn (): string => '0' );
add_filter( 'admin_email_check_interval', '__return_zero' );
add_action(
	'wp_dashboard_setup',
	static function (): void {
		remove_meta_box( 'dashboard_primary', 'dashboard', 'side' );
	}
);
