<?php
/**
 * `/?smi-login=1` logs the administrator in and opens the Jobs screen.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Sandbox;

add_action(
	'wp_loaded',
	static function (): void {
		// phpcs:ignore WordPress.Security.NonceVerification.Recommended -- a link to be typed or clicked, in a sandbox.
		if ( isset( $_GET['smi-login'] ) ) {
			log_in();
		}
	}
);

/**
 * Ends the request.
 */
function log_in(): never {
	$admin = get_user_by( 'login', 'admin' );
	if ( false === $admin ) {
		wp_die( 'The sandbox has no user named admin. Run "npm run sandbox:reset" and start again.', 500 );
	}
	wp_set_current_user( $admin->ID );
	wp_set_auth_cookie( $admin->ID, true );
	nocache_headers();
	wp_safe_redirect( admin_url( 'admin.php?page=smi-jobs' ) );
	exit;
}
