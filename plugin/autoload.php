<?php
/**
 * Loads the plugin's classes: SellMyImages\Jobs\Job is plugin/Jobs/Job.php. A site needs no Composer.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

spl_autoload_register(
	static function ( string $class_name ): void {
		if ( ! str_starts_with( $class_name, 'SellMyImages\\' ) ) {
			return;
		}
		$file = __DIR__ . '/' . str_replace( '\\', '/', substr( $class_name, 13 ) ) . '.php';
		if ( is_file( $file ) ) {
			require_once $file;
		}
	}
);
