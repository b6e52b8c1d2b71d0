<?php
/**
 * Deleting the plugin.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Capabilities;
use SellMyImages\Database\Connection;
use SellMyImages\Files\PrivateFolder;
use SellMyImages\Settings\Settings;

/**
 * Runs without the plugin being booted. Sales are kept unless the owner said otherwise: they are what a tax office asks for.
 * Takes what is ours and nothing else: each site of a network by its own wish.
 */
final class Uninstaller {

	public static function run(): void {
		if ( ! is_multisite() ) {
			self::site();
			return;
		}
		$error = null;
		foreach ( get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) as $site ) {
			$error = self::one_of_many( (int) $site ) ?? $error;
		}
		( new DeletedSites( self::db() ) )->drop_tables();
		if ( null !== $error ) {
			throw $error;
		}
	}

	/** @return \Throwable|null What went wrong: it must not keep the other sites' rights and secrets in place. */
	private static function one_of_many( int $site ): ?\Throwable {
		switch_to_blog( $site );
		try {
			self::site();
			return null;
		} catch ( \Throwable $error ) {
			return $error;
		} finally {
			restore_current_blog();
		}
	}

	private static function site(): void {
		Capabilities::revoke();
		Installer::clear_cron();
		// Read before it goes.
		$is_wanted = ( new Settings() )->delete_data_on_uninstall();
		array_map( 'delete_option', Belongings::PASSING_OPTIONS );
		array_map( 'delete_post_meta_by_key', Belongings::POST_META );
		if ( $is_wanted ) {
			self::delete_data();
		}
	}

	private static function delete_data(): void {
		( new Schema( self::db() ) )->drop();
		array_map( 'delete_option', Belongings::LASTING_OPTIONS );
		self::forget_preferences();
		self::remove_files();
	}

	/** WordPress keeps them by site: other sites of the network have rows of their own. */
	private static function forget_preferences(): void {
		global $wpdb;
		$key   = $wpdb->get_blog_prefix() . 'persisted_preferences';
		$db    = self::db();
		$users = $db->column(
			'SELECT user_id FROM ' . $db->core_table( 'usermeta' ) . ' WHERE meta_key = %s AND meta_value LIKE %s',
			$key,
			'%' . $db->like( Belongings::PREFERENCES ) . '%'
		);
		foreach ( array_map( 'intval', $users ) as $user ) {
			$kept = get_user_meta( $user, $key, true );
			if ( is_array( $kept ) && isset( $kept[ Belongings::PREFERENCES ] ) ) {
				unset( $kept[ Belongings::PREFERENCES ] );
				update_user_meta( $user, $key, $kept );
			}
		}
	}

	/** The folder of finished pictures below the uploads, as it was written: without WP_Filesystem's question for an FTP password. */
	private static function remove_files(): void {
		require_once ABSPATH . 'wp-admin/includes/class-wp-filesystem-base.php';
		require_once ABSPATH . 'wp-admin/includes/class-wp-filesystem-direct.php';
		$folder = PrivateFolder::root();
		if ( is_dir( $folder ) ) {
			( new \WP_Filesystem_Direct( null ) )->delete( $folder, true );
		}
	}

	private static function db(): Connection {
		return new Connection( $GLOBALS['wpdb'] );
	}
}
