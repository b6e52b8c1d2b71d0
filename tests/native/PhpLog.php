<?php
/**
 * The PHP log of the running tests.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests;

/** Gathers what PHP and `$wpdb` write to the error log while a test runs. */
final class PhpLog {
	/** File that PHP writes to. */
	private static string $file = '';

	/** Sends the log to a file of its own from here on. */
	public static function start(): void {
		self::$file = (string) tempnam( sys_get_temp_dir(), 'smi-log-' );
		ini_set( 'error_log', self::$file ); // phpcs:ignore WordPress.PHP.IniSet.Risky -- the log is what is being tested.
		// What is still there then belongs to the error that ended everything.
		register_shutdown_function(
			static function (): void {
				fwrite( STDERR, self::take() );
				unlink( self::$file );
			}
		);
	}

	/**
	 * Gives what was written since the last call, and forgets it.
	 *
	 * @return string Log text; empty when nothing was written.
	 */
	public static function take(): string {
		$text = (string) file_get_contents( self::$file );
		if ( '' !== $text ) {
			file_put_contents( self::$file, '' );
		}
		return $text;
	}
}
