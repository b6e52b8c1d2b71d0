<?php
/**
 * Removes the plugin's rights and cron; its data only where the owner asked for that.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

if ( version_compare( PHP_VERSION, '8.1', '<' ) ) {
	return;
}

require_once __DIR__ . '/plugin/autoload.php';

SellMyImages\Install\Uninstaller::run();
