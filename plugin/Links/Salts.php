<?php
/**
 * WordPress's salts.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Links;

use SellMyImages\Database\Beforehand;

/**
 * As wp_salt(), but usable inside a transaction, where its filter must not run.
 */
final class Salts {

	public static function auth(): string {
		return self::of( 'auth' );
	}

	public static function secure_auth(): string {
		return self::of( 'secure_auth' );
	}

	private static function of( string $scheme ): string {
		return Beforehand::ask( "salt $scheme", static fn(): string => wp_salt( $scheme ) );
	}
}
