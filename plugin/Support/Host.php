<?php
/**
 * What a host may have switched off.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Support;

/**
 * PHP's own functions where they are there: one named in `disable_functions` is a fatal error in PHP 8. All of these only help.
 */
final class Host {

	/** Goes on after the reader has left, and after the usual time. */
	public static function go_on_alone(): void {
		self::no_time_limit();
		if ( function_exists( 'ignore_user_abort' ) ) {
			ignore_user_abort( true );
		}
	}

	/** Stops as soon as nobody reads any more. */
	public static function stop_with_reader(): void {
		if ( function_exists( 'ignore_user_abort' ) ) {
			ignore_user_abort( false );
		}
	}

	public static function no_time_limit(): void {
		if ( function_exists( 'set_time_limit' ) ) {
			set_time_limit( 0 );
		}
	}

	public static function ini_set( string $name, string $value ): void {
		if ( function_exists( 'ini_set' ) ) {
			ini_set( $name, $value ); // phpcs:ignore WordPress.PHP.IniSet -- whoever calls it says why.
		}
	}

	/** @return string|null Null where it is not set, or nobody may ask. */
	public static function environment( string $name ): ?string {
		$value = function_exists( 'getenv' ) ? getenv( $name ) : false;

		return false === $value ? null : $value;
	}

	/** Sends the page that the visitor waits for, where the server can; what is done afterwards keeps nobody waiting. */
	public static function finish_answer(): bool {
		if ( function_exists( 'fastcgi_finish_request' ) ) {
			return fastcgi_finish_request();
		}
		if ( function_exists( 'litespeed_finish_request' ) ) {
			litespeed_finish_request();
			return true;
		}

		return false;
	}

	public static function log( string $text ): void {
		if ( function_exists( 'error_log' ) ) {
			error_log( $text ); // phpcs:ignore WordPress.PHP.DevelopmentFunctions.error_log_error_log -- a failure nobody is looking at.
		}
	}
}
