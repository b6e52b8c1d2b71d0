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
use SellMyImages\Settings\Settings;
use SellMyImages\Upscaling\PrivateFolder;

/**
 * Runs without the plugin being booted. Sales are kept unless the owner said otherwise: they are what a tax office asks for.
 */
final class Uninstaller {

	/** On every site of a network. */
	public static function run(): void {
		$sites = is_multisite() ? get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) : array( 0 );
		foreach ( $sites as $site ) {
			if ( 0 === (int) $site ) {
				self::site();
				continue;
			}
			switch_to_blog( (int) $site );
			self::site();
			restore_current_blog();
		}
	}

	private static function site(): void {
		global $wpdb;
		Capabilities::revoke();
		Installer::clear_cron();
		if ( ! ( new Settings() )->delete_data_on_uninstall() && ! get_option( 'smi_delete_data_on_uninstall', false ) ) {
			return;
		}
		$db = new Connection( $wpdb );
		( new Schema( $db ) )->drop();
		foreach ( $db->column( 'SELECT option_name FROM ' . $db->core_table( 'options' ) . ' WHERE option_name LIKE %s OR option_name LIKE %s', 'smi\_%', '\_transient%\_smi\_%' ) as $option ) {
			delete_option( $option );
		}
		$db->execute( 'DELETE FROM ' . $db->core_table( 'usermeta' ) . ' WHERE meta_key LIKE %s', 'smi\_%' );
		self::remove_files();
	}

	/** The folder of finished pictures below the uploads. */
	private static function remove_files(): void {
		require_once ABSPATH . 'wp-admin/includes/file.php';
		$folder = wp_upload_dir( null, false )['basedir'] . '/' . PrivateFolder::NAME;
		if ( is_dir( $folder ) && WP_Filesystem() ) {
			$GLOBALS['wp_filesystem']->delete( $folder, true );
		}
	}
}
